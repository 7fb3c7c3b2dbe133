// Styles as the strictest policy of a portal lets them in: no text in the page, and no element for
// it.

import { own } from "../src/document.js";

const sheets = new Map();
const olden = new WeakMap();

// Safari before 16.4 takes a rule at the end of a sheet that the portal has already; those of
// another origin refuse.
const insert = (root, text) => {
  const inserted = olden.get(root) ?? new Set();
  olden.set(root, inserted);
  for (const sheet of inserted.has(text) ? [] : root.styleSheets) {
    if (sheet.media.length) continue;
    try {
      sheet.insertRule(text, sheet.cssRules.length);
      inserted.add(text);
      return;
    } catch {}
  }
};

// Adds a sheet to a document or a shadow root, once. `text` is one rule, such as a layer.
export const adopt = (place, text) => {
  const root = place === document ? own : place;
  if (!root.adoptedStyleSheets) return insert(root, text);
  let sheet = sheets.get(text);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
};
