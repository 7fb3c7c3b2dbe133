// A proxy for the document that uses its own members: in a portal's page, an image or a form with
// the name of a member would hide that member.

export const own = new Proxy(document, {
  get: (target, name) => {
    const value = Reflect.get(Document.prototype, name, target);
    return typeof value === "function" ? value.bind(target) : value;
  },
  set: (target, name, value) => Reflect.set(Document.prototype, name, value, target),
});

// Functions whose results need no conversion are in an object: see `page` in browser.js.
export const given = { document: () => own };
