// Chooses a language as crates/locale/src/negotiate.rs does. `ranges` has what each range means, as
// text, by the range in lower case. A test plays the same cases on both.

// The maximum length of a wish.
const WISH_MAX = 100;

export const lookup = (wish, ranges) => {
  let range = (wish ?? "").trim().replaceAll("_", "-").toLowerCase();
  if (range.length > WISH_MAX) return;
  while (range && typeof ranges[range] !== "string") range = range.replace(/-?[^-]*$/, "");
  return range ? ranges[range] : undefined;
};
