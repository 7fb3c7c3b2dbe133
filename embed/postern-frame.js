// The element <postern-frame>, at a permanent URL: the wizard in a frame, for a portal that wants
// to isolate the two. Its messages are message protocol v1, in docs/embedding.md; frame.js is the
// other side.

import { own } from "../crates/kit/src/document.js";
import { lookup } from "../src/negotiate.js";
import { show } from "../crates/kit/src/show.js";
import { address } from "./address.js";
import { define, fail, tell } from "./host.js";

const TAG = "postern-frame";

// The title of the frame, by what a page may ask for.
const TITLES = { "postern:titles": "" };

// The permissions of the frame: fill in a code from a text message; copy and share the data for the
// helpdesk; run scripts; open links in other tabs. It cannot navigate the portal's page. Browsers
// that cannot share report the name of that permission as an error.
const ALLOW = `otp-credentials; clipboard-write${navigator.share ? "; web-share" : ""}`;
const SANDBOX = "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox";

// A frame that a browser refuses, or whose service does not answer, sends nothing. The limits in
// milliseconds: for the complete load, and then for a message.
const LOADS_WITHIN = 30_000;
const ANSWERS_WITHIN = 10_000;

// The details that the page gets from each message; no other data leaves this script.
const TOLD = {
  ready: ["version"],
  step: ["step", "from"],
  problem: ["problem"],
  done: ["purpose"],
  refused: ["step"],
  error: ["reason"],
  cancel: ["by"],
};

class Frame {
  // The name of the current step; null if there is none.
  step = null;

  #host;
  #name;
  #frame;
  #origin;
  #isLoaded = false;
  // Whether the frame has sent a message: until then it is hidden.
  #isHere = false;
  #wantsFocus = false;
  #waiting;
  // The background behind the frame, as last reported; the module that measures it, after it has
  // loaded; and the function that ends the observation.
  #ground;
  #eyes;
  #unwatch = () => {};
  // The earlier content of the element, while the frame replaces it.
  #left = [];
  #hear = event => this.#take(event);

  constructor(host) {
    this.#host = host;
  }

  // Enters or leaves, as the element does. A moved frame loads again, and continues its attempt.
  settle(name) {
    if (!this.#host.isConnected) this.#leave();
    else if (!this.#frame) this.#enter(name);
    else this.#watch();
  }

  focus() {
    // The frame is missing if the element gave it up.
    if (!this.#frame) this.#enter(this.#name);
    this.#wantsFocus = true;
    this.#lead();
  }

  speak() {
    if (!this.#frame) return;
    this.#frame.title = lookup(this.#host.locale, TITLES) ?? lookup(this.#host.closest("[lang]")?.lang, TITLES) ?? TITLES.en;
    this.#post({ type: "set-locale", locale: this.#host.locale });
  }

  dress() {
    this.#post({ type: "init", theme: this.#host.theme, ground: (this.#ground = this.#see()) });
  }

  #enter(name) {
    const host = this.#host;
    const { src, tenant, locale, theme } = host;
    const url = tenant && address(src);
    if (!url) return fail(host, new Error(`postern: ${tenant ? `src is no address of the web: ${src}` : "there is no tenant"}`));
    // The identifier goes into a message, and never into an address.
    const asked = { tenant, theme, name, lang: locale, page: this.#host.closest("[lang]")?.lang };
    for (const [key, value] of Object.entries(asked)) if (value) url.searchParams.set(key, value);
    const frame = own.createElement("iframe");
    Object.assign(frame, { allow: ALLOW, referrerPolicy: "no-referrer", src: url.href });
    frame.setAttribute("sandbox", SANDBOX);
    frame.onload = () => this.#greet();
    this.#name = name;
    this.#origin = url.origin;
    this.#frame = frame;
    this.speak();
    addEventListener("message", this.#hear);
    host.append(frame);
    this.#wait(LOADS_WITHIN);
    // A frame without a reported background uses its own paper colour.
    this.#look(frame).catch(() => {});
  }

  async #look(frame) {
    this.#eyes = await import("postern:ground");
    if (frame === this.#frame) this.#watch();
  }

  #see() {
    return this.#eyes?.groundOf(this.#host, this.#host);
  }

  #watch() {
    this.#unwatch();
    const look = () => this.#see() === this.#ground || this.dress();
    if (this.#eyes) this.#unwatch = this.#eyes.watchGround(this.#host, look);
    look();
  }

  #leave() {
    clearTimeout(this.#waiting);
    this.#unwatch();
    removeEventListener("message", this.#hear);
    this.#frame?.replaceWith(...this.#left);
    this.#frame = undefined;
    this.#left = [];
    this.#isLoaded = this.#isHere = false;
    this.step = null;
  }

  // Runs after each load of the frame: the frame then does not know the page around it.
  #greet() {
    const { locale, theme, purpose, identifier, returnTo } = this.#host;
    const ground = (this.#ground = this.#see());
    // An invalid address counts as no address, as does one that is not listed.
    const return_to = returnTo && address(returnTo)?.href;
    const init = { locale, theme, ground, purpose, identifier, return_to };
    for (const name in init) if (!init[name]) delete init[name];
    this.step = null;
    this.#isLoaded = true;
    this.#post({ type: "init", ...init });
    this.#wait(ANSWERS_WITHIN);
  }

  // At its first message the frame replaces the content of the element.
  #appear() {
    if (this.#isHere) return;
    this.#isHere = true;
    this.#left = [...this.#host.childNodes].filter(node => node !== this.#frame);
    for (const node of this.#left) node.remove();
    this.#frame.className = "here";
    this.#lead();
  }

  // As soon as the wizard can take the focus, this moves the focus into the wizard.
  #lead() {
    if (!this.#wantsFocus || !this.#isHere) return;
    this.#wantsFocus = false;
    // This cannot happen before the load: a frame that loads loses the focus.
    this.#frame.focus();
    // WebKit does not scroll to a frame that gets the focus.
    this.#frame.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#post({ type: "focus" });
  }

  #wait(milliseconds) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      const { src, tenant } = this.#host;
      this.#leave();
      // Browsers do not report the reason.
      fail(this.#host, new Error(`postern: nothing came from ${src}: is there a tenant ${tenant}, with ${location.origin} among its portals?`));
    }, milliseconds);
  }

  #post(message) {
    if (this.#isLoaded) this.#frame?.contentWindow?.postMessage({ postern: 1, ...message }, this.#origin);
  }

  #take({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== this.#origin || data?.postern !== 1) return;
    clearTimeout(this.#waiting);
    this.#appear();
    const { type } = data;
    if (type === "resize" && data.height > 0) this.#frame.style.height = `${Math.ceil(data.height)}px`;
    // Scrolls the focused part of the frame into view, whatever element scrolls.
    if (type === "focus") show(this.#frame, data.top, data.bottom, data.top ? "nearest" : "start");
    if (!Object.hasOwn(TOLD, type)) return;
    const detail = Object.fromEntries(TOLD[type].map(name => [name, data[name]]));
    if (type === "step") this.step = data.step;
    // A frame without a wizard names the contact for help, unless the portal does.
    if (type === "error" && data.reason === "unavailable" && this.#left.some(node => node.textContent.trim())) this.#leave();
    tell(this.#host, type, detail);
  }
}

define(TAG, {
  texts: {
    src: new URL("frame", import.meta.url).href,
    tenant: "",
    locale: "",
    theme: "auto",
    purpose: "",
    identifier: "",
    "return-to": "",
  },
  // The height is that of the frame with the first step in the narrowest column, with its padding.
  place: `@layer postern{${TAG}{font:medium sans-serif!important}${TAG}:not([hidden]){display:flow-root;min-block-size:37em;min-inline-size:min(17em,100%)}${TAG}{position:relative}${TAG}>iframe{display:block!important;inline-size:100%!important;block-size:37em;border:0!important;color-scheme:light dark!important}${TAG}>iframe:not(.here){position:absolute!important;visibility:hidden!important}}`,
  // Without a prototype, no promise treats the object as a promise, whatever the page does to
  // objects.
  bring: async () => ({ __proto__: null, Resident: Frame }),
  methods: ["focus"],
  heard: { locale: "speak", theme: "dress" },
});
