// The element <postern-reset>, at a URL that stays: it keeps a place in the portal's page, and
// fetches the wizard once the person comes near. What it does from then on is in element.js, whose
// name changes with its content. docs/embedding.md says what a portal may rely on.

import { define } from "./host.js";

const TAG = "postern-reset";

define(TAG, {
  texts: {
    api: new URL("../api/v1", import.meta.url).href,
    tenant: "",
    locale: "",
    theme: "auto",
    purpose: "",
    identifier: "",
    "return-to": "",
  },
  flags: ["shadow"],
  // The height of the first step in the narrowest column, so that nothing shifts when it comes. The
  // font makes an em what the person has set. What floats in the page stands beside the element or,
  // where it leaves less than the narrowest column, above it.
  place: `@layer postern{${TAG}{font:medium sans-serif!important}${TAG}:not([hidden]){display:flow-root;min-block-size:36em;min-inline-size:min(17em,100%)}}`,
  bring: suffix => import("postern:element" + suffix),
  methods: ["reset", "cancel"],
  heard: { locale: "speak", theme: "stand", ground: "stand" },
});
