// Each contestant as a page has it before anybody types: fetched, evaluated and instantiated, and nothing of it called.
// `start` is what it has to be told once, which its first answer waits for.

const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());

const module = async (name) => {
  const module = await import(`./${name}.js`);
  await module.default({ module_or_path: `./${name}_bg.wasm` });
  return module;
};

const nothing = () => {};

export const contestants = {
  postern_phone: async () => {
    const [{ answer, read }, table] = await Promise.all([module("postern"), bytes("./plans.bin")]);
    return { start: () => read(table), answer };
  },
  libphonenumber_js: async () => {
    const { answer } = await import("./libphonenumber.js");
    return { start: nothing, answer };
  },
  phonenumber_crate: async () => {
    const { answer } = await module("phonenumber");
    return { start: nothing, answer };
  },
};

/** No contestant, for it reads nothing: what it takes, going into wasm and coming back takes. */
export const boundary = {
  stand_in: async () => {
    const [{ answer, read }, table] = await Promise.all([module("stand_in"), bytes("./plans.bin")]);
    return { start: () => read(table), answer };
  },
};
