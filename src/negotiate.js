// Chooses a language as crates/locale/src/negotiate.rs does. `ranges` has what each range means, as
// text, by the range in lower case. A test plays the same cases on both.

// How many parts of a wish count.
const PARTS_MAX = 9;

export const lookup = (wish, ranges) => {
  const parts = wish?.trim().toLowerCase().split(/[-_]/, PARTS_MAX);
  for (; parts?.length; parts.pop()) {
    const found = ranges[parts.join("-")];
    // Every object has members, such as `constructor`, that are no texts.
    if (found?.trim) return found;
  }
};
