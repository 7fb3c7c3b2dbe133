// The background of an element, the colours that are readable on it, and the times at which it can
// change.

import { own } from "../crates/kit/src/document.js";

// WCAG 2.2, 1.4.3.
const READABLE = 4.5;
// The colours of text directly on the background.
const INKS = ["ink", "ink-quiet", "accent", "danger", "ok"];
const PREFERS_DARK = "(prefers-color-scheme: dark)";
// A colour that is fully transparent.
const CLEAR = /^rgba.* 0\)$|\/ 0\)$/;
// Events that can change a colour without a change of an attribute: the end of a fade, the load of
// a style sheet, or a rule that depends on a checked control.
const OCCASIONS = ["transitionend", "transitioncancel", "animationend", "load", "change"];

// Resolves colours at the place of an element. Only a browser can do this: it returns each colour
// as `color(srgb …)`.
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

// The colour behind an element, measured in a place that is drawn in the element. The result is
// translucent if the background is a picture or translucent.
export const groundOf = (element, place) => {
  for (const behind of around(element)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(behind);
    if (backgroundImage !== "none") return "transparent";
    if (!CLEAR.test(backgroundColor)) return resolved(place, [backgroundColor])[0];
  }
  // The colour that the browser itself paints.
  return resolved(place, ["Canvas"], getComputedStyle(own.documentElement).colorScheme)[0];
};

// Calls back when a page may have another background than before. The returned function ends this.
export const watchGround = (element, changed) => {
  // At most one callback per painted frame: the check itself changes the element, and a page can
  // react to that with a change around the element.
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

// The lightness of a colour (WCAG 2.2, "relative luminance"); NaN for an invalid or a translucent
// colour.
const luminance = colour =>
  (colour.split(/srgb |\)/)[1] || "/")
    .split(" ")
    .reduce((sum, channel, index) => sum + [0.2126, 0.7152, 0.0722][index] * (channel <= 0.04045 ? channel / 12.92 : ((+channel + 0.055) / 1.055) ** 2.4), 0);

// The last state for which each element was settled.
const settled = new WeakMap();

// Makes an element readable on its background: in the device's colour scheme if possible, otherwise
// in the other scheme, and otherwise on our own paper colour. `theme` can limit the choice to one
// scheme. A paper colour of the portal or the organisation counts as the background.
export const settleOn = (element, place, ground, theme) => {
  const isDark = matchMedia(PREFERS_DARK).matches;
  const colours = () => resolved(place, [`var(--postern-paper,${ground})`, ...INKS.map(ink => `var(--postern-${ink})`)]);
  const state = () => [isDark, theme, ...colours()].join();
  // A page can change all the time, but this state seldom changes.
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
