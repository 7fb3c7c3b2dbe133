// In a frame: the messages between the wizard and the portal's page around it. docs/embedding.md
// lists them. The frame posts nothing before the portal has named its origin, and then posts to
// that origin only. No message contains typed or sent data.

import { settleOn } from "./ground.js";

// The time that the surrounding page may stay silent after the frame has loaded, in milliseconds:
// the page of a plain frame has no script that sends messages.
const SPEAKS_WITHIN = 1000;
// The time that the wizard waits for the list of portals, in milliseconds.
const PORTALS_WITHIN = 3000;
// The maximum length of a text in a message: an address has at most 2048 characters, and all other
// texts are shorter.
const TEXT_MAX = 2048;

// The message types that the frame accepts, and the texts that each may contain.
const TEXTS = {
  init: ["locale", "theme", "ground", "purpose", "identifier", "return_to"],
  "set-locale": ["locale"],
  focus: [],
};

const element = document.querySelector("postern-reset");
const root = document.documentElement;

const after = milliseconds => new Promise(done => setTimeout(done, milliseconds));

// The origins of the pages in which the tenant allows the wizard.
const listed = fetch(`../api/v1/tenants/${encodeURIComponent(element.getAttribute("tenant") ?? "")}`)
  .then(response => response.json())
  .then(({ portals }) => portals ?? [])
  .catch(() => []);
const portals = Promise.race([listed, after(PORTALS_WITHIN).then(() => [])]);

// The origin of the surrounding page, after its first valid message.
let around;
let height = 0;
let hasBegun = false;
let wantsFocus = false;

const post = (type, detail) => {
  if (around) parent.postMessage({ postern: 1, type, ...detail }, around);
};

// Loads the wizard. Only the page around the frame knows whether the person is near.
const begin = async () => {
  if (hasBegun) return;
  hasBegun = true;
  try {
    await import("./postern.js");
    element.dispatchEvent(new FocusEvent("focusin"));
  } catch {
    element.dispatchEvent(new CustomEvent("postern:error", { detail: { reason: "unavailable" } }));
  }
};

const focus = () => {
  const target = element.querySelector(".postern-step input") ?? element.querySelector("h1");
  target?.focus();
  // The wizard replaces the field of the first step by another one, and a browser can refuse the
  // focus.
  wantsFocus = !element.step || document.activeElement !== target;
};

// A value from the surrounding page has the same effect as an attribute. It does not interrupt a
// person who already types.
const take = data => {
  const field = element.querySelector("input");
  for (const name of TEXTS[data.type]) {
    const text = data[name];
    if (text === undefined || (name === "ground" && !CSS.supports("color", text))) continue;
    if (name === "identifier" && field && !hasBegun) field.value ||= text;
    else element.setAttribute(name.replace("_", "-"), text);
  }
  // The first step needs readable colours before the wizard has loaded.
  const ground = element.getAttribute("ground");
  if (ground) settleOn(element, element, ground, element.getAttribute("theme"));
};

// The surrounding page reports changes of its background, but not of the device's colour scheme.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => take({ type: "init", theme: element.getAttribute("theme") ?? "auto" }));

const isText = text => text === undefined || (typeof text === "string" && text.length <= TEXT_MAX);

const fits = data =>
  data?.postern === 1 &&
  typeof data.type === "string" &&
  Object.hasOwn(TEXTS, data.type) &&
  TEXTS[data.type].every(name => isText(data[name]));

const acquaint = origin => {
  // The service binds text messages to this origin, so that the browser offers the code here.
  element.portal = around = origin;
  post("resize", { height });
  // A portal that starts to listen late receives the wizard's current step.
  if (!element.step) return;
  post("ready", { version: element.version });
  post("step", { step: element.step, from: null });
};

addEventListener("message", async ({ source, origin, data }) => {
  if (parent === window || source !== parent || !fits(data)) return;
  if (!(await portals).includes(origin) || (around ?? origin) !== origin) return;
  if (data.type === "init") {
    take(data);
    if (!around) acquaint(origin);
    begin();
  } else if (around) {
    if (data.type === "focus") focus();
    else take(data);
  }
});

addEventListener("load", async () => {
  await after(SPEAKS_WITHIN);
  await portals;
  begin();
});

for (const type of ["step", "problem", "done", "refused", "cancel"]) {
  element.addEventListener(`postern:${type}`, ({ detail }) => post(type, detail));
}

element.addEventListener("postern:ready", ({ detail }) => {
  post("ready", detail);
  if (wantsFocus) focus();
});

element.addEventListener("postern:error", ({ detail }) => {
  // If the browser does not support reference types, the message asks for another browser (the
  // smallest module with a reference type tests this). Otherwise it asks for another try.
  const isNew = window.WebAssembly?.validate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 111));
  const failure = element.querySelectorAll("[data-postern-failure]")[isNew ? 0 : 1];
  if (failure) {
    for (const useless of element.querySelectorAll("form, .postern-lead, .postern-help")) useless.hidden = true;
    failure.hidden = false;
  }
  post("error", detail);
});

// If the surrounding page follows the height, the frame needs no scroll bars. They would make the
// wizard narrower and so higher.
addEventListener("resize", () => {
  if (around && innerHeight >= height) root.classList.add("postern-followed");
});

new ResizeObserver(() => {
  const now = Math.ceil(element.getBoundingClientRect().height);
  if (now === height) return;
  height = now;
  post("resize", { height });
}).observe(element);

element.addEventListener("focusin", ({ target }) => {
  if (target === element) return;
  const { top, bottom } = target.getBoundingClientRect();
  // A new step begins with its heading, at the top of the wizard.
  const isHeading = target.localName === "h1";
  post("focus", { top: isHeading ? 0 : Math.floor(top + scrollY), bottom: Math.ceil(bottom + scrollY) });
});

// WebKit does not let a script move the focus in a frame of another site before a person has
// touched the frame. The first typed character permits it, and the character still goes into the
// field.
addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
  const isCharacter = key.length === 1 && !ctrlKey && !metaKey;
  if (wantsFocus && isCharacter && document.activeElement === document.body) focus();
});

// The wizard owns the page of the frame, so it sets the language and the title of the page.
new MutationObserver(() => {
  const wizard = element.querySelector(".postern");
  const title = element.querySelector("h1")?.textContent;
  if (wizard?.lang) Object.assign(root, { lang: wizard.lang, dir: wizard.dir });
  if (title) document.title = title;
}).observe(element, { attributeFilter: ["lang"], childList: true, subtree: true });

// A broken wizard asks for a reload: of the frame, and not of another tab as for other links here.
element.addEventListener("click", event => {
  if (!event.target.closest(".postern-broken a")) return;
  event.preventDefault();
  location.reload();
});
