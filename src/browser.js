// What the wizard asks of the browser, where it takes more than one call: said here in the
// browser's own language. Only `browser.rs` knows these functions. None throws: what a browser
// lacks or does not allow is undefined.

import { own } from "./document.js";
import { focus } from "./show.js";

const attempt = use => {
  try {
    return use();
  } catch {}
};

// Time.

export const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));

// A signal that aborts what was given it once its time is over.
export const deadline = milliseconds => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
};

export const fillRandomly = bytes => {
  crypto.getRandomValues(bytes);
};

// Files.

export const fetchBytes = async url => {
  try {
    const response = await fetch(url);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch {}
};

// Storage: `area` is `localStorage` or `sessionStorage`. Either may be refused.

export const stored = (area, key) => attempt(() => window[area].getItem(key));
export const store = (area, key, value) => attempt(() => window[area].setItem(key, value));
export const unstore = (area, key) => attempt(() => window[area].removeItem(key));

// Languages.

export const languages = () => navigator.languages.join();

export const pageLanguage = () => own.documentElement.lang;

export const setPageLanguage = (language, direction) => Object.assign(document.documentElement, { lang: language, dir: direction });

export const pluralCategory = (language, count) => new Intl.PluralRules(language).select(count);

// Numbers stand left to right in every language here.
const latin = { numberingSystem: "latn" };

export const formatNumber = (language, count) => new Intl.NumberFormat(language, latin).format(count);

// Dates are written as where the person lives, as far as the browser tells; English without a
// region is that of our words.
const regional = language =>
  navigator.languages.find(wish => wish.startsWith(language + "-")) ?? (language === "en" ? "en-GB" : language);

export const formatMoment = (language, milliseconds, dateStyle, timeStyle) =>
  new Intl.DateTimeFormat(regional(language), { ...latin, calendar: "gregory", dateStyle, timeStyle }).format(milliseconds);

export const compose = text => text.normalize();

export const foldable = text => text.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase();

// Each letter and digit told by its class alone: A for capitals, a for other letters, 0 for
// numbers.
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

// Browsers allow only so many of them a minute.
export const historyVisit = (name, replace) =>
  attempt(() => history[replace ? "replaceState" : "pushState"]({ postern: name }, ""));

export const historyPlace = () => history.state?.postern;

// A wizard may be where the document finds nothing by its id: in a shadow root.
export const focusField = id => {
  for (const element of mounted.keys()) {
    const field = element.querySelector("#" + id);
    if (field) focus(field, element.querySelector(`[for="${id}"]`) ?? field);
  }
};

// As much of what was pasted is sent at most, in UTF-16 units: more than the judge takes of
// anything, so that it calls it too long, and less than a service reads. The judge takes 256 code
// points of a password once it is composed, and none is composed from more than four units.
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

// Where the browser translates the page, it has put elements of its own in the place of our texts.
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

// The person may change their mind; that is no error.
export const share = (title, text) => navigator.share({ title, text }).catch(() => {});

// Hands on the code in a text message, where the browser can read one (WebOTP). What comes back
// aborts it.
export const awaitCode = found => {
  if (!window.OTPCredential) return;
  const controller = new AbortController();
  const { signal } = controller;
  navigator.credentials.get({ otp: { transport: ["sms"] }, signal }).then(otp => otp?.code && found(otp.code), () => {});
  return controller;
};

// Work done in a worker, or in what stands in for one in a page of another origin: one message
// there, one answer back.
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

// Takes the plain first step out of it, and tells as JSON what was done with it so far.
export const takeFirstStep = element => {
  const field = element.querySelector("input");
  // Half a surrogate pair is no text of Rust's: it is shown as what a browser makes of it.
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

// The elements that hold a wizard, with the words to say should it break.
const mounted = new Map();

// What has the focus in an element; null for nothing.
const focusIn = element => {
  const root = element.getRootNode();
  const focused = (root === document ? own : root).activeElement;
  return element.contains(focused) ? focused : null;
};

// What had the focus in each of them when the page was left: out of the back-forward cache a page
// comes without.
const left = new Map();
addEventListener("pagehide", () => {
  for (const element of mounted.keys()) left.set(element, focusIn(element));
});

// The words come as JSON.
export const prepareForTheWorst = (element, words) => mounted.set(element, JSON.parse(words));

// What takes and gives nothing that has to be converted stands together: a bundler could not rename
// it otherwise.
export const page = {
  isVisible: () => !own.hidden,

  // Resolves once the browser has nothing else to do; where it does not tell, once the page has had
  // time to settle.
  idle: () => new Promise(done => (window.requestIdleCallback ? requestIdleCallback(done) : setTimeout(done, 2000))),

  canShare: () => !!navigator.share,

  historyBack: () => history.back(),

  // Where the page at this address starts another script or another wasm by now, this one was
  // loaded before the service was replaced. Most of what changes is in the wasm alone.
  reloadIfStale: async () => {
    try {
      const start = document.querySelector("script[type=module]").textContent;
      const response = await fetch(location.pathname, { cache: "no-store" });
      const page = await response.text();
      if (response.ok && start.match(/[\w-]+\.(js|wasm)/g).some(name => !page.includes(name))) location.reload();
    } catch {}
  },

  // Whether what is shown in a wizard may take the focus: where the person is in it, or nowhere and
  // did what brought it about. The page of a frame keeps the place of its focus while the page
  // around it has that.
  mayFocus: (element, isLed) =>
    (parent === window || own.hidden || own.hasFocus()) &&
    (!!focusIn(element) || (isLed && own.activeElement === own.body)),

  takeFocus: element => {
    element.focus({ preventScroll: true });
  },

  // Puts a view in place of what stands between two texts. Where what had the focus goes with that,
  // the button of the step has it. A new step has its own way: see `arrive` in show.js.
  fill: (begin, end, view) => {
    const place = end.parentNode;
    if (!place) return;
    const focused = page.mayFocus(place) && focusIn(place);
    while (begin.nextSibling !== end) begin.nextSibling.remove();
    place.insertBefore(view, end);
    const step = focused && !focused.isConnected && place.closest(".postern-step");
    if (step) page.takeFocus(step.querySelector(".postern-button") ?? step.querySelector("h1"));
  },

  // Where what had it is no longer there, the heading has it.
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
      // An empty reference is this very page: it reloads with no script at all.
      put("a", words.reload, { className: "postern-button" }).setAttribute("href", "");
      put("p", words.help);
      put("p", words.support);
      element.replaceChildren(frame);
      if (words.names_tab) document.title = words.title;
      if (hadFocus) title.focus();
    }
    // Once: what still stirs in a broken wizard must not take the focus again.
    mounted.clear();
  },
};
