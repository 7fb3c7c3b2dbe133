// Parses the addresses that a portal gives.

import { own } from "../crates/kit/src/document.js";

// Parses a web address, relative to the page. Returns nothing for an invalid address, or for one
// that would run code in the page.
export const address = text => {
  try {
    const url = new URL(text, own.baseURI);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {}
};
