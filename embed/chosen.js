// The language that the person has chosen in a wizard of this origin; nothing if the browser
// refuses storage.

const storage = use => {
  try {
    return use(localStorage);
  } catch {}
};

export const chosen = () => storage(kept => kept.getItem("postern.language"));

export const forgetChosen = () => storage(kept => kept.removeItem("postern.language"));
