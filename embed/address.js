// Addresses that a portal says.

import { own } from "../src/document.js";

// One of the web, relative to the page; nothing for what is none, or would run in the page.
export const address = text => {
  try {
    const url = new URL(text, own.baseURI);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {}
};
