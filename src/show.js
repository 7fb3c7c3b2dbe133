// Brings what a person has to see into view, in a page of ours or of a portal, and leaves what is
// seen already where it is.

import { own } from "./document.js";

// The air above what is brought into view, in CSS pixels.
const AIR = 16;
// How often something else may turn out to lie over it: the head of a page is made of several
// elements.
const COVERS_MAX = 5;

// What of an element lies between two heights, both told from its top in CSS pixels. A head that
// stays where it is, and lies over it, is passed by.
export const show = (target, top, bottom, block) => {
  let host = target;
  while (host.getRootNode().host) host = host.getRootNode().host;
  // Nothing, where that height is seen; null, where it is out of view; else what lies over it.
  const over = height => {
    const place = target.getBoundingClientRect();
    const hit = own.elementFromPoint(place.left + place.width / 2, place.top + height);
    return hit && (hit.contains(host) || host.contains(hit)) ? undefined : hit;
  };
  if (over(top + 1) === undefined && over(bottom - 1) === undefined) return;
  for (let margin = AIR, covers = 0; covers < COVERS_MAX; covers++) {
    target.style.setProperty("scroll-margin", `${margin - top}px 0 ${bottom + AIR - target.offsetHeight}px`, "important");
    target.scrollIntoView({ behavior: "instant", block });
    const end = over(top + 1)?.getBoundingClientRect().bottom;
    // What lies over half of the page is no head of it.
    if (!(end < innerHeight / 2)) break;
    margin += end + AIR - target.getBoundingClientRect().top - top;
  }
  target.style.removeProperty("scroll-margin");
};

const bring = (first, last) =>
  show(first, 0, last.getBoundingClientRect().bottom - first.getBoundingClientRect().top, "start");

// The focus for the heading of a new step, which begins at its top: that of our own page, or that
// of the wizard in another's.
const arrive = (heading, ownsPage) => {
  heading.focus({ preventScroll: true });
  if (ownsPage) return scrollTo({ top: 0, behavior: "instant" });
  bring(heading.closest(".postern"), heading);
  bring(heading, heading);
};

// The focus for anything else, with what is said of it in view.
export const focus = (element, label = element) => {
  bring(label, element);
  element.focus({ preventScroll: true });
};

// What takes and gives nothing that has to be converted stands together: see `page` in browser.js.
export const view = { arrive, focus };
