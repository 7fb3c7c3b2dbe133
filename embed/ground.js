// What an element stands on, what can be read there, and when that may have changed.

import { own } from "../src/document.js";

// WCAG 2.2, 1.4.3.
const READABLE = 4.5;
// What is text, and stands on the ground itself.
const INKS = ["ink", "ink-quiet", "accent", "danger", "ok"];
const PREFERS_DARK = "(prefers-color-scheme: dark)";
// Nothing of such a colour is seen.
const CLEAR = /^rgba.* 0\)$|\/ 0\)$/;
// What may change a colour though no attribute changes: a colour that fades is there at the end, a
// sheet comes, a rule goes by what is checked.
const OCCASIONS = ["transitionend", "transitioncancel", "animationend", "load", "change"];

// What colours are where an element is, which only a browser can tell: each is told as
// `color(srgb …)`.
const resolved = (place, colours, scheme = "inherit") => {
  const probe = own.createElement("i");
  place.append(probe);
  const told = colours.map(colour => {
    probe.style.cssText = ["display:none", "transition:none", `color-scheme:${scheme}`, `color:color-mix(in srgb,${colour},${colour})`, ""].join("!important;");
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return told;
};

function* around(element) {
  for (let place = element; (place = place.assignedSlot ?? place.parentNode ?? place.host); ) {
    if (place.nodeType === 1) yield place;
  }
}

// The colour behind an element, asked for in a place that is drawn in it; a translucent one where
// that is a picture or translucent.
export const groundOf = (element, place) => {
  for (const behind of around(element)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(behind);
    if (backgroundImage !== "none") return "transparent";
    if (!CLEAR.test(backgroundColor)) return resolved(place, [backgroundColor])[0];
  }
  // What the browser itself paints.
  return resolved(place, ["Canvas"], getComputedStyle(own.documentElement).colorScheme)[0];
};

// Calls back where a page may have another ground than before; what is given back ends that.
export const watchGround = (element, changed) => {
  // Once for each picture that is painted: a look is a change in the element, and a page may answer
  // that with a change around it.
  let due;
  const look = () => (due ??= requestAnimationFrame(() => {
    due = undefined;
    changed();
  }));
  const isNew = ({ type, target, attributeName, oldValue }) => type !== "attributes" || target.getAttribute(attributeName) !== oldValue;
  const observer = new MutationObserver(records => records.some(isNew) && look());
  const ended = new AbortController();
  const options = { capture: true, signal: ended.signal };
  const roots = new Set([own]);
  for (const place of around(element)) {
    observer.observe(place, { attributeOldValue: true });
    const root = place.getRootNode();
    if (root !== document) roots.add(root);
  }
  observer.observe(own.head, { attributeOldValue: true, childList: true, subtree: true });
  for (const type of OCCASIONS) for (const root of roots) root.addEventListener(type, look, options);
  matchMedia(PREFERS_DARK).addEventListener("change", look, options);
  addEventListener("resize", look, options);
  return () => {
    cancelAnimationFrame(due);
    observer.disconnect();
    ended.abort();
  };
};

// How light a colour is (WCAG 2.2, "relative luminance"); NaN for what is none, and for what is
// translucent.
const luminance = colour =>
  (colour.split(/srgb |\)/)[1] || "/")
    .split(" ")
    .reduce((sum, channel, index) => sum + [0.2126, 0.7152, 0.0722][index] * (channel <= 0.04045 ? channel / 12.92 : ((+channel + 0.055) / 1.055) ** 2.4), 0);

// What each element was settled on.
const settled = new WeakMap();

// Has an element be read on the ground: in the scheme of the device if it can be, else in the other
// one, and else on a paper of ours. `theme` says the one scheme that there is; a paper that the
// portal or the organisation says is the ground.
export const settleOn = (element, place, ground, theme) => {
  const isDark = matchMedia(PREFERS_DARK).matches;
  const colours = () => resolved(place, [`var(--postern-paper,${ground})`, ...INKS.map(ink => `var(--postern-${ink})`)]);
  const state = () => [isDark, theme, ...colours()].join();
  // A page may change all the time, and this seldom does.
  if (settled.get(element) === state()) return;
  const schemes = ["", isDark ? "light" : "dark"];
  if (/^(light|dark)$/.test(theme)) schemes.pop();
  const fit = schemes.find(scheme => {
    element.dataset.posternScheme = scheme;
    const [paper, ...inks] = colours().map(colour => luminance(colour) + 0.05);
    return inks.every(ink => ink / paper >= READABLE || paper / ink >= READABLE);
  });
  element.dataset.posternScheme = fit ?? "";
  element.toggleAttribute("data-postern-paper", fit === undefined);
  settled.set(element, state());
};
