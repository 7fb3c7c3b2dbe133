// What an element stands on, what can be read there, and when that may have changed.

import { own } from "../src/document.js";

// WCAG 2.2, 1.4.3.
const READABLE = 4.5;
// What is text, and stands on the ground itself.
const INKS = ["ink", "ink-quiet", "accent", "danger", "ok"];

// Asks what colours are where an element is, which only a browser can tell: it is told as `color(srgb …)`, or as anything else where it cannot be.
const resolving = (place, ask) => {
  const probe = own.createElement("i");
  const set = (name, value) => probe.style.setProperty(name, value, "important");
  set("display", "none");
  set("transition", "none");
  place.append(probe);
  try {
    return ask((colour, scheme = "inherit") => {
      set("color-scheme", scheme);
      set("color", `color-mix(in srgb,${colour},${colour})`);
      return getComputedStyle(probe).color;
    });
  } finally {
    probe.remove();
  }
};

function* around(element) {
  for (let place = element; (place = place.assignedSlot ?? place.parentNode ?? place.host); ) {
    if (place.nodeType === Node.ELEMENT_NODE) yield place;
  }
}

// The colour behind an element, asked for in a place that is drawn in it; "none" where that is a picture or translucent.
export const groundOf = (element, place) =>
  resolving(place, resolve => {
    for (const behind of around(element)) {
      const { backgroundColor, backgroundImage } = getComputedStyle(behind);
      const [colour, alpha] = resolve(backgroundColor).split(" / ");
      if (backgroundImage !== "none") return "none";
      if (!alpha) return colour;
      if (parseFloat(alpha)) return "none";
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
  for (const place of around(element)) observer.observe(place, { attributes: true, attributeOldValue: true });
  const device = matchMedia("(prefers-color-scheme: dark)");
  // A colour that fades is there at the end.
  const faded = ({ target }) => target.contains?.(element) && look();
  device.addEventListener("change", look);
  own.addEventListener("transitionend", faded);
  return () => {
    cancelAnimationFrame(due);
    observer.disconnect();
    device.removeEventListener("change", look);
    own.removeEventListener("transitionend", faded);
  };
};

// How light a colour is (WCAG 2.2, "relative luminance"); NaN for what is none.
const luminance = colour => {
  const channels = /^color\(srgb ([^/]+)\)$/.exec(colour)?.[1].split(" ") ?? [];
  const [red, green, blue] = channels.map(channel => (channel <= 0.04045 ? channel / 12.92 : ((+channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one, other) => {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

// Has an element be read on the ground: in the scheme of the device if it can be, else in the other one, and else on a paper of ours.
// `theme` says the one scheme that there is; a paper that the portal or the organisation says is the ground.
export const settleOn = (element, place, ground, theme) => {
  const { dataset } = element;
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const isReadable = () =>
    resolving(place, resolve => {
      const isSaid = getComputedStyle(element).getPropertyValue("--postern-paper").trim();
      const paper = isSaid ? resolve("var(--postern-paper)") : ground;
      return INKS.every(ink => contrast(resolve(`var(--postern-${ink})`), paper) >= READABLE);
    });
  delete dataset.posternScheme;
  let isFit = isReadable();
  if (!isFit && !/^(light|dark)$/.test(theme)) {
    dataset.posternScheme = isDark ? "light" : "dark";
    isFit = isReadable();
    if (!isFit) delete dataset.posternScheme;
  }
  element.toggleAttribute("data-postern-paper", !isFit);
};
