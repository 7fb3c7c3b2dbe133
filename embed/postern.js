// The element <postern-reset>, at a URL that stays: it keeps a place in the portal's page, and fetches the wizard once somebody comes near.
// What it does from then on is in element.js, whose name changes with its content. docs/embedding.md says what a portal may rely on.

import { adopt } from "./sheets.js";

const TAG = "postern-reset";

// Attributes that are texts, each with what it is while the portal does not say it.
const TEXTS = {
  api: new URL("/api/v1", import.meta.url).href,
  tenant: "",
  locale: "",
  theme: "auto",
  purpose: "",
  identifier: "",
  "return-to": "",
};

// What is `return-to` to HTML is `returnTo` to scripts.
const propertyOf = name => name.replace("-t", "T");

// The height of the first step in the narrowest column, so that nothing shifts when it comes. The font makes an em what the person has set.
const PLACE = `@layer postern{${TAG}{font:medium sans-serif!important}${TAG}:not([hidden]){display:block;min-block-size:36em}}`;

// The names of the elements on the page: what each keeps in the tab goes by its own.
const taken = new Set();

// The last name that the element had, else its id, else its number on the page.
const claim = (element, last) => {
  const own = element.id.replace(/[^\w-]/g, "_") || "reset";
  let name = last ?? own;
  for (let number = 2; taken.has(name); number++) name = `${own}-${number}`;
  taken.add(name);
  return name;
};

class PosternReset extends HTMLElement {
  static observedAttributes = ["locale"];

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

  constructor() {
    super();
    this.addEventListener("focusin", () => this.#approach());
  }

  connectedCallback() {
    // What was set before this script came hides the properties of the class.
    for (const name of [...Object.keys(TEXTS).map(propertyOf), "shadow"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    adopt(this.getRootNode(), PLACE);
    if (!this.#isHere) {
      this.#isHere = true;
      this.#name = claim(this, this.#name);
    }
    if (this.#resident) this.#resident.settle(this.#name);
    else PosternReset.#near.observe(this);
  }

  disconnectedCallback() {
    // An element that is moved is back before the task is over.
    setTimeout(() => {
      if (this.isConnected || !this.#isHere) return;
      this.#isHere = false;
      taken.delete(this.#name);
      PosternReset.#near.unobserve(this);
      this.#resident?.settle(this.#name);
    });
  }

  attributeChangedCallback(_, __, tag) {
    this.#resident?.speak(tag);
  }

  #approach() {
    PosternReset.#near.unobserve(this);
    return (this.#coming ??= import("postern:element").then(
      ({ Resident }) => {
        this.#resident = new Resident(this);
        this.#resident.settle(this.#name);
        return this.#resident;
      },
      error => {
        // The next one to ask tries again.
        this.#coming = undefined;
        console.error(error);
        const detail = { reason: "unavailable" };
        this.dispatchEvent(new CustomEvent("postern:error", { bubbles: true, composed: true, detail }));
      },
    ));
  }

  get step() {
    return this.#resident?.step ?? null;
  }

  get version() {
    return "postern:version";
  }

  get shadow() {
    return this.hasAttribute("shadow");
  }

  set shadow(value) {
    this.toggleAttribute("shadow", !!value);
  }

  async reset() {
    await (await this.#approach())?.reset();
  }

  async cancel() {
    await (await this.#approach())?.cancel();
  }

  setLocale(tag) {
    this.locale = tag;
  }
}

for (const [name, left] of Object.entries(TEXTS)) {
  Object.defineProperty(PosternReset.prototype, propertyOf(name), {
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

// Whoever loads this twice, or from two places, gets the first one.
if (!customElements.get(TAG)) customElements.define(TAG, PosternReset);
