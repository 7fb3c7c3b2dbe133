// Each contestant in the state that a page has before the person types: loaded, evaluated and
// instantiated, but not called. `start` initialises it once; its first answer waits for that.

const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());

const module = async (name) => {
  const module = await import(`./${name}.js`);
  await module.default({ module_or_path: `./${name}_bg.wasm` });
  return module;
};

const nothing = () => {};

/** One of our contestants. Several inputs are read from within wasm, where the page has the typed text. */
const ours = async (name) => {
  const [{ answer, answer_kept, keep, read }, table] = await Promise.all([module(name), bytes("./plans.bin")]);
  const keepAll = (inputs) => {
    const group = keep(inputs.flat().join("\n"));
    return (repetitions) => answer_kept(group, repetitions);
  };
  return { start: () => read(table), answer, keepAll };
};

export const contestants = {
  postern_phone: () => ours("postern"),
  libphonenumber_js: async () => {
    const { answer } = await import("./libphonenumber.js");
    return { start: nothing, answer };
  },
  phonenumber_crate: async () => {
    const { answer } = await module("phonenumber");
    return { start: nothing, answer };
  },
};

/** Not a contestant, because it reads nothing: it measures the call into wasm and back. */
export const boundary = {
  stand_in: () => ours("stand_in"),
};
