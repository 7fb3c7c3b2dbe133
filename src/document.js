// The document with its own members: in a portal's page, an image or a form of that name would hide
// each.

export const own = new Proxy(document, {
  get: (target, name) => {
    const value = Reflect.get(Document.prototype, name, target);
    return typeof value === "function" ? value.bind(target) : value;
  },
  set: (target, name, value) => Reflect.set(Document.prototype, name, value, target),
});

// What gives nothing that has to be converted stands in an object: see `page` in browser.js.
export const given = { document: () => own };
