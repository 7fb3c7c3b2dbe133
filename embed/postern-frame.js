// The element <postern-frame>, at a URL that stays: the wizard in a frame, for a portal that wants
// a wall between the two. What the frame tells and is told is message protocol v1, in
// docs/embedding.md; its other side is frame.js.

import { own } from "../src/document.js";
import { show } from "../src/show.js";
import { address } from "./address.js";
import { define, fail, tell } from "./host.js";

const TAG = "postern-frame";

// What the frame calls itself, by language.
const TITLES = { "postern:titles": "" };

// What the frame may do: fill in a code from a text message, copy and share what the helpdesk asks;
// run, and open links in other tabs. It cannot take the portal's page away. Browsers that cannot
// share complain of its name.
const ALLOW = `otp-credentials; clipboard-write${navigator.share ? "; web-share" : ""}`;
const SANDBOX = "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox";

// A frame that a browser refuses, or whose service does not answer, says nothing. Milliseconds: for
// all of it to load, and then for a word.
const LOADS_WITHIN = 30_000;
const ANSWERS_WITHIN = 10_000;

// What each message tells; nothing else of it leaves here.
const TOLD = {
  ready: ["version"],
  step: ["step", "from"],
  problem: ["problem"],
  done: ["purpose"],
  refused: ["step"],
  error: ["reason"],
  cancel: ["by"],
};

const titleIn = tag => {
  for (let range = tag; range; range = range.replace(/-?[^-]*$/, "")) if (TITLES[range]) return TITLES[range];
  return TITLES.en;
};

class Frame {
  // The name of the step that is shown; null while none is.
  step = null;

  #host;
  #name;
  #frame;
  #origin;
  #isLoaded = false;
  // Whether it has said anything: until then it is not seen.
  #isHere = false;
  #wantsFocus = false;
  #waiting;
  // What is behind the frame, as it was told; how that is looked at, once that is known; and what
  // ends the watch over it.
  #ground;
  #eyes;
  #unwatch = () => {};
  // What stood in the element, for as long as the frame is in its place.
  #left = [];
  #hear = event => this.#take(event);

  constructor(host) {
    this.#host = host;
  }

  // Comes or goes, as the element has. A frame that is moved loads itself again, and goes on with
  // its attempt.
  settle(name) {
    if (!this.#host.isConnected) this.#leave();
    else if (!this.#frame) this.#enter(name);
    else this.#watch();
  }

  focus() {
    // There is no frame where it was given up.
    if (!this.#frame) this.#enter(this.#name);
    this.#wantsFocus = true;
    this.#lead();
  }

  speak() {
    if (!this.#frame) return;
    this.#frame.title = this.#title();
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
    // Who comes is said in a message, and in no address.
    const asked = { tenant, theme, name, lang: locale, page: this.#pageLanguage() };
    for (const [key, value] of Object.entries(asked)) if (value) url.searchParams.set(key, value);
    const frame = own.createElement("iframe");
    Object.assign(frame, { allow: ALLOW, title: this.#title(), referrerPolicy: "no-referrer", src: url.href });
    frame.setAttribute("sandbox", SANDBOX);
    frame.onload = () => this.#greet();
    this.#name = name;
    this.#origin = url.origin;
    this.#frame = frame;
    addEventListener("message", this.#hear);
    host.append(frame);
    this.#wait(LOADS_WITHIN);
    // A frame that is told of no ground has a paper.
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

  // Each time that the frame has loaded: it knows nothing of who is around it.
  #greet() {
    const { locale, theme, purpose, identifier, returnTo } = this.#host;
    const ground = (this.#ground = this.#see());
    // What is no address counts for nothing, as one that is not listed does.
    const return_to = returnTo && address(returnTo)?.href;
    const init = { locale, theme, ground, purpose, identifier, return_to };
    for (const name of Object.keys(init)) if (!init[name]) delete init[name];
    this.step = null;
    this.#isLoaded = true;
    this.#post({ type: "init", ...init });
    this.#wait(ANSWERS_WITHIN);
  }

  // At its first word it takes the place of what stands in the element.
  #appear() {
    if (this.#isHere) return;
    this.#isHere = true;
    this.#left = [...this.#host.childNodes].filter(node => node !== this.#frame);
    for (const node of this.#left) node.remove();
    this.#frame.className = "here";
    this.#lead();
  }

  // Once the wizard can take the focus, it goes into the wizard.
  #lead() {
    if (!this.#wantsFocus || !this.#isHere) return;
    this.#wantsFocus = false;
    // Not before it has loaded: a frame that loads loses the focus.
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
      // Browsers do not tell why.
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
    // What has the focus in the frame is scrolled into view, whatever it is that scrolls.
    if (type === "focus") show(this.#frame, data.top, data.bottom, data.top ? "nearest" : "start");
    if (!Object.hasOwn(TOLD, type)) return;
    const detail = Object.fromEntries(TOLD[type].map(name => [name, data[name]]));
    if (type === "step") this.step = data.step;
    // A frame that has no wizard says whom to ask, unless the portal does.
    if (type === "error" && data.reason === "unavailable" && this.#left.some(node => node.textContent.trim())) this.#leave();
    tell(this.#host, type, detail);
  }

  #pageLanguage() {
    return this.#host.closest("[lang]")?.lang;
  }

  #title() {
    return titleIn(this.#host.locale || this.#pageLanguage());
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
  // As high as the frame is with the first step in the narrowest column, and its padding.
  place: `@layer postern{${TAG}{font:medium sans-serif!important}${TAG}:not([hidden]){display:flow-root;min-block-size:37em;min-inline-size:min(17em,100%)}${TAG}{position:relative}${TAG}>iframe{display:block!important;inline-size:100%!important;block-size:37em;border:0!important;color-scheme:light dark!important}${TAG}>iframe:not(.here){position:absolute!important;visibility:hidden!important}}`,
  // No promise takes it for one of its own, whatever the page makes of objects.
  bring: async () => ({ __proto__: null, Resident: Frame }),
  methods: ["focus"],
  heard: { locale: "speak", theme: "dress" },
});
