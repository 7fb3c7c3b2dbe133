// Scrolls the important content into view, in our own page or in a portal's page, and does not
// scroll if it is already visible.

import { own } from "./document.js";

// The space above the content after the scroll, in CSS pixels.
const AIR = 16;
// The maximum number of other elements that can cover the content: the header of a page consists of
// several elements.
const COVERS_MAX = 5;

// Shows the part of an element between two heights, both measured from its top in CSS pixels. The
// scroll leaves room for a fixed page header that covers it.
export const show = (target, top, bottom, block) => {
  let host = target;
  while (host.getRootNode().host) host = host.getRootNode().host;
  // Undefined if the point at this height is visible; null if it is out of view; otherwise the
  // element that covers it.
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
    // An element that covers half of the page is not a header.
    if (!(end < innerHeight / 2)) break;
    margin += end + AIR - target.getBoundingClientRect().top - top;
  }
  target.style.removeProperty("scroll-margin");
};

const bring = (first, last) =>
  show(first, 0, last.getBoundingClientRect().bottom - first.getBoundingClientRect().top, "start");

// Focuses the heading of a new step and scrolls to the top: of the page if it is our own, or of the
// wizard in another page.
const arrive = (heading, ownsPage) => {
  heading.focus({ preventScroll: true });
  if (ownsPage) return scrollTo({ top: 0, behavior: "instant" });
  bring(heading.closest(".postern"), heading);
  bring(heading, heading);
};

// Focuses any other element, with its label in view.
export const focus = (element, label = element) => {
  bring(label, element);
  element.focus({ preventScroll: true });
};

// Functions whose arguments and results need no conversion are grouped here: see `page` in
// browser.js.
export const view = { arrive, focus };
