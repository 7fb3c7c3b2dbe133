// Adds styles in a way that the strictest policy of a portal allows: without text in the page, and
// without an element for it.

import { own } from "../crates/kit/src/document.js";

const sheets = new Map();
const olden = new WeakMap();

// Safari before 16.4 can append a rule to a style sheet that the portal already has; sheets of
// another origin refuse this.
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
