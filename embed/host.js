// The common base of the elements in a portal's page: a place, a name, attributes that are also
// properties, and a wait until the person comes near.

import { adopt } from "./sheets.js";

// The elements on the page, by name: each keeps its data in the tab under its own name. A removed
// element leaves its name to the element that replaces it.
const taken = new Map();

// The last name of the element, otherwise its id, otherwise its number on the page.
const claim = (element, last) => {
  const own = element.id.replace(/[^\w-]/g, "_") || "reset";
  let name = last ?? own;
  for (let number = 2; taken.get(name)?.isConnected; number++) name = `${own}-${number}`;
  taken.set(name, element);
  return name;
};

// The attribute `return-to` is the property `returnTo`.
const property = attribute => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

// Our events bubble, also out of shadow roots.
export const tell = (element, type, detail) =>
  element.dispatchEvent(new CustomEvent(`postern:${type}`, { bubbles: true, composed: true, detail }));

// Reports the problem to the page's developer, and reports that there is no wizard.
export const fail = (element, error) => {
  console.error(error);
  tell(element, "error", { reason: "unavailable" });
};

// Defines an element, unless it is already defined. `texts` are its attributes, each with its
// default; `flags` are its boolean attributes. `place` is the rule that reserves its place. When
// the person is near, `bring` loads a module with the class `Resident`, the content of the element;
// the argument of `bring` is appended to the file's address. `methods` are the methods of that
// class that the portal may call. `heard` are the attributes whose changes call a method, each with
// that method.
export const define = (tag, { texts, flags = [], place, bring, methods, heard }) => {
  // If a page loads this script twice, or from two places, the first one applies.
  const first = customElements.get(tag);
  if (first) return console.info(`postern: version ${first.prototype.version} of ${tag} came first`);

  // This loads once for all elements. After a failure it uses another address: Firefox caches
  // failures of modules.
  let brought;
  let failures = 0;
  const bringOnce = () =>
    (brought ??= bring(failures ? `?${failures}` : "").catch(error => {
      brought = undefined;
      failures++;
      throw error;
    }));

  class Host extends HTMLElement {
    static observedAttributes = Object.keys(heard);

    // The margin is one screen around the visible area.
    static #near = new IntersectionObserver(
      entries => {
        for (const { isIntersecting, target } of entries) if (isIntersecting) target.#approach();
      },
      { rootMargin: "100%" },
    );

    #name;
    #isHere = false;
    #coming;
    #resident;

    // Calls a method of the element's content, as soon as it has loaded.
    static async have(element, method) {
      await element.#approach();
      await element.#resident?.[method]();
    }

    constructor() {
      super();
      this.addEventListener("focusin", () => this.#approach());
    }

    connectedCallback() {
      try {
        this.#settle();
      } catch (error) {
        fail(this, error);
      }
    }

    #settle() {
      // A value that the page set before this script loaded hides the property of the class.
      for (const name of [...Object.keys(texts).map(property), ...flags]) {
        if (!Object.hasOwn(this, name)) continue;
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
      adopt(this.getRootNode(), place);
      this.#isHere = true;
      if (taken.get(this.#name) !== this) this.#name = claim(this, this.#name);
      if (this.#resident) this.#resident.settle(this.#name);
      else Host.#near.observe(this);
    }

    disconnectedCallback() {
      // An element that is only moved is back before the task ends.
      setTimeout(() => {
        if (this.isConnected || !this.#isHere) return;
        this.#isHere = false;
        if (taken.get(this.#name) === this) taken.delete(this.#name);
        Host.#near.unobserve(this);
        this.#resident?.settle(this.#name);
      });
    }

    attributeChangedCallback(name, _, value) {
      this.#resident?.[heard[name]](value);
    }

    #approach() {
      Host.#near.unobserve(this);
      return (this.#coming ??= bringOnce()
        .then(({ Resident }) => {
          this.#resident = new Resident(this);
          this.#resident.settle(this.#name);
        })
        .catch(error => {
          // The next caller tries again.
          this.#coming = undefined;
          fail(this, error);
        }));
    }

    get step() {
      return this.#resident?.step ?? null;
    }

    get version() {
      return "postern:version";
    }

    setLocale(tag) {
      this.locale = tag;
    }
  }

  for (const method of methods) {
    Host.prototype[method] = function () {
      return Host.have(this, method);
    };
  }
  for (const [name, left] of Object.entries(texts)) {
    Object.defineProperty(Host.prototype, property(name), {
      configurable: true,
      enumerable: true,
      get() {
        return this.getAttribute(name) ?? left;
      },
      set(value) {
        if (value == null) this.removeAttribute(name);
        else this.setAttribute(name, value);
      },
    });
  }
  for (const name of flags) {
    Object.defineProperty(Host.prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        return this.hasAttribute(name);
      },
      set(value) {
        this.toggleAttribute(name, !!value);
      },
    });
  }
  customElements.define(tag, Host);
};
