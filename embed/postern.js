// The element <postern-reset>, at a permanent URL: it reserves a place in the portal's page, and
// loads the wizard when the person comes near. element.js does the rest; its name changes with its
// content. docs/embedding.md defines the interface that a portal may rely on.

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
  // The height of the first step in the narrowest column, so that the page does not shift when the
  // wizard appears. The font rule makes an em the size that the person has set. Floating content of
  // the page is beside the element or, if less than the narrowest column is left, above it.
  place: `@layer postern{${TAG}{font:medium sans-serif!important}${TAG}:not([hidden]){display:flow-root;min-block-size:36em;min-inline-size:min(17em,100%)}}`,
  bring: suffix => import("postern:element" + suffix),
  methods: ["reset", "cancel"],
  heard: { locale: "speak", theme: "stand", ground: "stand" },
});
