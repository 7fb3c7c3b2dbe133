// These functions implement the browser operations of the pages that take more than one call, in
// the browser's own language. Only `browser.rs` calls these functions. None throws: a function
// returns undefined for anything that the browser lacks or does not allow.

import { own } from "./document.js";
import { focus } from "./show.js";

const attempt = use => {
  try {
    return use();
  } catch {}
};

// Time.

export const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));

// A signal that aborts the operation that uses it when the time is over.
export const deadline = milliseconds => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
};

export const fillRandomly = bytes => {
  crypto.getRandomValues(bytes);
};

// Files.

const fetched = async (url, read) => {
  try {
    const response = await fetch(url);
    if (response.ok) return await read(response);
  } catch {}
};

export const fetchBytes = url => fetched(url, async response => new Uint8Array(await response.arrayBuffer()));

export const fetchText = url => fetched(url, response => response.text());

// Sends a request to a service. Each header is a line. The result is the status of the answer, its
// `Retry-After` and its text, each on a line of its own; only the text can have more lines.
export const exchange = async (method, url, headers, body, signal) => {
  try {
    const answer = await fetch(url, { method, headers: headers.split("\n").map(line => line.split(": ")), body, signal });
    return [answer.status, answer.headers.get("Retry-After"), await answer.text()].join("\n");
  } catch {}
};

// Storage: `area` is `localStorage` or `sessionStorage`. The browser can refuse either.

export const stored = (area, key) => attempt(() => window[area].getItem(key));
export const store = (area, key, value) => attempt(() => window[area].setItem(key, value));
export const unstore = (area, key) => attempt(() => window[area].removeItem(key));

// Languages.

export const languages = () => navigator.languages.join();

export const pageLanguage = () => own.documentElement.lang;

export const setPageLanguage = (language, direction) => Object.assign(document.documentElement, { lang: language, dir: direction });

export const pluralCategory = (language, count) => new Intl.PluralRules(language).select(count);

// Numbers run left to right in every language of the wizard.
const latin = { numberingSystem: "latn" };

export const formatNumber = (language, count) => new Intl.NumberFormat(language, latin).format(count);

// Dates use the format of the person's region, if the browser reports one. English without a region
// means British English, the language of our texts. No line ends between a day and its month.
const regional = language =>
  navigator.languages.find(wish => wish.startsWith(language + "-")) ?? (language === "en" ? "en-GB" : language);

export const formatMoment = (language, milliseconds, dateStyle, timeStyle) =>
  new Intl.DateTimeFormat(regional(language), { ...latin, calendar: "gregory", dateStyle, timeStyle })
    .format(milliseconds)
    .replace(/(\d\.?) /, "$1\u00a0");

export const compose = text => text.normalize();

export const foldable = text => text.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase();

// Replaces each letter and digit by its class: A for capitals, a for other letters, 0 for numbers.
export const classes = text =>
  text.replace(/(\p{Uppercase})|(\p{N})|\p{Alphabetic}/gu, (_, capital, number) => (capital ? "A" : number ? "0" : "a"));

// The page.

export const setTitle = title => {
  document.title = title;
};

export const pageAddress = () => location.origin + location.pathname;

export const otherOrigin = url => {
  const origin = attempt(() => new URL(url, own.baseURI).origin) ?? url;
  return origin === location.origin ? "" : origin;
};

// Browsers limit the number of these calls per minute.
export const historyVisit = (name, replace) =>
  attempt(() => history[replace ? "replaceState" : "pushState"]({ postern: name }, ""));

export const historyPlace = () => history.state?.postern;

// A wizard can be in a shadow root, where the document cannot find an element by its id.
export const focusField = id => {
  for (const element of mounted.keys()) {
    const field = element.querySelector("#" + id);
    if (field) focus(field, element.querySelector(`[for="${id}"]`) ?? field);
  }
};

// The wizard sends at most this number of UTF-16 units of pasted text. The limit is more than the
// judge accepts for any value, so that the judge reports the value as too long, and less than the
// service reads. The judge accepts 256 code points of a password after composition, and no composed
// code point comes from more than four units.
const VALUE_MAX = 1050;

export const valueOf = element => (element.value ?? "").slice(0, VALUE_MAX);

export const setValue = (element, value) => {
  element.value = value;
};

export const groupDigits = (field, size) => {
  const { value, selectionEnd } = field;
  if (selectionEnd < value.length || /[^\p{Nd}\s-]/u.test(value)) return;
  const groups = value.replace(/[\s-]/g, "").match(RegExp(`.{1,${size}}`, "gu"));
  const grouped = groups?.join(" ") ?? "";
  if (grouped !== value) field.value = grouped;
};

// If the browser translates the page, it has replaced our text nodes by its own elements.
export const say = (element, text, words) => {
  text.data = words;
  if (text.parentNode === element) return;
  for (const foreign of element.querySelectorAll(":scope > font")) foreign.remove();
  element.append(text);
};

export const chosen = event => event.target.value;

export const copy = async text => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

// The person can cancel the share dialog; that is not an error.
export const share = (title, text) => navigator.share({ title, text }).catch(() => {});

// Passes on the code in a text message, if the browser can read one (WebOTP). The function returns
// the controller that aborts the request.
export const awaitCode = found => {
  if (!window.OTPCredential) return;
  const controller = new AbortController();
  const { signal } = controller;
  navigator.credentials.get({ otp: { transport: ["sms"] }, signal }).then(otp => otp?.code && found(otp.code), () => {});
  return controller;
};

// Runs work in a worker, or in its replacement in a page of another origin: one message to it, one
// answer back.
export const work = async (script, message) => {
  const worker = attempt(() => window.posternWorker?.(script) ?? new Worker(script));
  if (!worker) return;
  const answer = await new Promise(done => {
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = () => done();
    worker.postMessage(message);
  });
  worker.terminate();
  return answer;
};

// The element that the wizard lives in.

// Removes the plain first step from the element, and returns as JSON the actions of the person in
// it so far.
export const takeFirstStep = element => {
  const field = element.querySelector("input");
  // A Rust string cannot contain half a surrogate pair. The page replaces it by the character that
  // a browser shows for it.
  const typed = (field?.value ?? "").replace(/\p{Cs}/gu, "\ufffd");
  const first = { typed, sent: "posternSent" in element.dataset };
  if (field?.matches(":focus")) {
    first.selection_start = field.selectionStart;
    first.selection_end = field.selectionEnd;
  }
  delete element.dataset.posternSent;
  element.textContent = "";
  return JSON.stringify(first);
};

export const restoreSelection = (field, start, end) => {
  field.focus({ preventScroll: true });
  attempt(() => field.setSelectionRange(start, end));
};

// The elements that contain a wizard, with the texts to show if the wizard breaks.
const mounted = new Map();

// The focused element inside an element; null if there is none.
const focusIn = element => {
  const root = element.getRootNode();
  const focused = (root === document ? own : root).activeElement;
  return element.contains(focused) ? focused : null;
};

// The focused element of each wizard at the time the person left the page. A page from the
// back-forward cache has no focus.
const left = new Map();
addEventListener("pagehide", () => {
  for (const element of mounted.keys()) left.set(element, focusIn(element));
});

// The words come as JSON.
export const prepareForTheWorst = (element, words) => mounted.set(element, JSON.parse(words));

// Functions whose arguments and results need no conversion are grouped here: otherwise a bundler
// could not rename them.
export const page = {
  isVisible: () => !own.hidden,

  // Resolves when the browser is idle. If the browser cannot report that, it resolves when the page
  // has had time to settle.
  idle: () => new Promise(done => (window.requestIdleCallback ? requestIdleCallback(done) : setTimeout(done, 2000))),

  canShare: () => !!navigator.share,

  historyBack: () => history.back(),

  // If the page at this address now loads another script or another wasm file, this page was loaded
  // before an upgrade of the service. Most changes are in the wasm file only.
  reloadIfStale: async () => {
    try {
      const start = document.querySelector("script[type=module]").textContent;
      const response = await fetch(location.pathname, { cache: "no-store" });
      const page = await response.text();
      if (response.ok && start.match(/[\w-]+\.(js|wasm)/g).some(name => !page.includes(name))) location.reload();
    } catch {}
  },

  // Reports whether content of a wizard may take the focus. It may if the person's focus is in the
  // wizard, or if the focus is nowhere and the person's action caused the content. A page in a
  // frame keeps its own focus position while the page around it has the focus.
  mayFocus: (element, isLed) =>
    (parent === window || own.hidden || own.hasFocus()) &&
    (!!focusIn(element) || (isLed && own.activeElement === own.body)),

  takeFocus: element => {
    element.focus({ preventScroll: true });
  },

  // Replaces the nodes between two text nodes by a view. If the focused element is removed with
  // them, the button of the step gets the focus. A new step uses its own rule: see `arrive` in
  // show.js.
  fill: (begin, end, view) => {
    const place = end.parentNode;
    if (!place) return;
    const focused = page.mayFocus(place) && focusIn(place);
    while (begin.nextSibling !== end) begin.nextSibling.remove();
    place.insertBefore(view, end);
    const step = focused && !focused.isConnected && place.closest(".postern-step");
    if (step) page.takeFocus(step.querySelector(".postern-button") ?? step.querySelector("h1"));
  },

  // If the element with the focus no longer exists, the heading gets the focus.
  refocus: (element, ownsPage) => {
    const before = left.get(element);
    if ((before || ownsPage) && !focusIn(element))
      (before?.isConnected ? before : element.querySelector("h1"))?.focus({ preventScroll: true });
  },

  forgetElement: element => {
    mounted.delete(element);
    left.delete(element);
  },

  showBroken: () => {
    for (const [element, words] of mounted) {
      const put = (tag, text, attributes) => {
        const child = Object.assign(own.createElement(tag), { textContent: text, ...attributes });
        frame.append(child);
        return child;
      };
      const frame = own.createElement("div");
      Object.assign(frame, { className: "postern postern-broken", lang: words.language, dir: words.direction });
      const hadFocus = words.names_tab || focusIn(element);
      const title = put("h1", words.title, { tabIndex: -1 });
      put("p", words.body);
      // An empty reference points to this page: the link reloads it without any script.
      put("a", words.reload, { className: "postern-button" }).setAttribute("href", "");
      put("p", words.help);
      put("p", words.support);
      element.replaceChildren(frame);
      if (words.names_tab) document.title = words.title;
      if (hadFocus) title.focus();
    }
    // This happens once: later events in a broken wizard must not take the focus again.
    mounted.clear();
  },
};
