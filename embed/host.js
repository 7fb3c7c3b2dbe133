// What the elements of a portal's page have in common: a place, a name, attributes that are
// properties too, and a wait until the person comes near.

import { adopt } from "./sheets.js";

// The elements on the page, by name: each keeps its data in the tab under its own name. An element
// that was taken out leaves its name to the one that replaces it.
const taken = new Map();

// The last name that the element had, else its id, else its number on the page.
const claim = (element, last) => {
  const own = element.id.replace(/[^\w-]/g, "_") || "reset";
  let name = last ?? own;
  for (let number = 2; taken.get(name)?.isConnected; number++) name = `${own}-${number}`;
  taken.set(name, element);
  return name;
};

// `return-to` is the property `returnTo`.
const property = attribute => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

// Events of ours bubble, also out of shadow roots.
export const tell = (element, type, detail) =>
  element.dispatchEvent(new CustomEvent(`postern:${type}`, { bubbles: true, composed: true, detail }));

// Says what is wrong to who writes the page, and that there is no wizard.
export const fail = (element, error) => {
  console.error(error);
  tell(element, "error", { reason: "unavailable" });
};

// Defines an element, unless it is defined already. `texts` are its attributes, each with its
// default; `flags` those that are there or not; `place` is the rule that keeps its place; `bring`
// gives a module with the class `Resident` of what lives in it once the person is near, from a file
// whose address has what it is told at its end; `methods` are those of that class that the portal
// may call; `heard` are the attributes whose changes it hears, each with its method for that.
export const define = (tag, { texts, flags = [], place, bring, methods, heard }) => {
  // A page that loads this twice, or from two places, gets the first one.
  const first = customElements.get(tag);
  if (first) return console.info(`postern: version ${first.prototype.version} of ${tag} came first`);

  // Once for all elements. What failed is fetched again by another address: Firefox keeps failures
  // of modules.
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

    // Within a screen of what is seen.
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

    // Has what lives in an element do something, once it is there.
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
      // What was set before this script came hides the properties of the class.
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
      // An element that is moved is back before the task is over.
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
          // The next one to ask tries again.
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
