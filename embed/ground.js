// What an element stands on, what can be read there, and when that may have changed.

import { own } from "../src/document.js";

// WCAG 2.2, 1.4.3.
const READABLE = 4.5;
// What is text, and stands on the ground itself.
const INKS = ["ink", "ink-quiet", "accent", "danger", "ok"];
const PREFERS_DARK = "(prefers-color-scheme: dark)";

// Asks what colours are where an element is, which only a browser can tell: each is told as `color(srgb …)`.
const resolving = (place, ask) => {
  const probe = own.createElement("i");
  place.append(probe);
  const answer = ask((colour, scheme = "inherit") => {
    probe.style.cssText = ["display:none", "transition:none", `color-scheme:${scheme}`, `color:color-mix(in srgb,${colour},${colour})`, ""].join("!important;");
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return answer;
};

function* around(element) {
  for (let place = element; (place = place.assignedSlot ?? place.parentNode ?? place.host); ) {
    if (place.nodeType === 1) yield place;
  }
}

// The colour behind an element, asked for in a place that is drawn in it; a translucent one where that is a picture or translucent.
export const groundOf = (element, place) =>
  resolving(place, resolve => {
    for (const behind of around(element)) {
      const { backgroundColor, backgroundImage } = getComputedStyle(behind);
      const colour = resolve(backgroundColor);
      if (backgroundImage !== "none") return "transparent";
      if (!colour.endsWith("/ 0)")) return colour;
    }
    // What the browser itself paints.
    return resolve("Canvas", getComputedStyle(own.documentElement).colorScheme);
  });

// Calls back where a page may have another ground than before; what is given back ends that.
export const watchGround = (element, changed) => {
  // Once for each picture that is painted: a look is a change in the element, and a page may answer that with a change around it.
  let due;
  const look = () => (due ??= requestAnimationFrame(() => {
    due = undefined;
    changed();
  }));
  const isNew = ({ target, attributeName, oldValue }) => target.getAttribute(attributeName) !== oldValue;
  const observer = new MutationObserver(records => records.some(isNew) && look());
  for (const place of around(element)) observer.observe(place, { attributeOldValue: true });
  const ended = new AbortController();
  matchMedia(PREFERS_DARK).addEventListener("change", look, ended);
  // A colour that fades is there at the end.
  own.addEventListener("transitionend", ({ target }) => target.contains?.(element) && look(), ended);
  return () => {
    cancelAnimationFrame(due);
    observer.disconnect();
    ended.abort();
  };
};

// How light a colour is (WCAG 2.2, "relative luminance"); NaN for what is none, and for what is translucent.
const luminance = colour =>
  (colour.split(/srgb |\)/)[1] || "/")
    .split(" ")
    .reduce((sum, channel, index) => sum + [0.2126, 0.7152, 0.0722][index] * (channel <= 0.04045 ? channel / 12.92 : ((+channel + 0.055) / 1.055) ** 2.4), 0);

// Has an element be read on the ground: in the scheme of the device if it can be, else in the other one, and else on a paper of ours.
// `theme` says the one scheme that there is; a paper that the portal or the organisation says is the ground.
export const settleOn = (element, place, ground, theme) => {
  const schemes = ["", matchMedia(PREFERS_DARK).matches ? "light" : "dark"];
  if (/^(light|dark)$/.test(theme)) schemes.pop();
  const fit = schemes.find(scheme => {
    element.dataset.posternScheme = scheme;
    return resolving(place, resolve => {
      const paper = luminance(resolve(`var(--postern-paper,${ground})`)) + 0.05;
      return INKS.every(ink => {
        const contrast = (luminance(resolve(`var(--postern-${ink})`)) + 0.05) / paper;
        return contrast >= READABLE || contrast <= 1 / READABLE;
      });
    });
  });
  element.dataset.posternScheme = fit ?? "";
  element.toggleAttribute("data-postern-paper", fit === undefined);
};
