// The types that Vue's compiler uses in a template: `cargo xtask test size` checks this file with
// the TypeScript compiler.

import type { GlobalComponents } from "vue";
import type {} from "./vue.js";

type Props = InstanceType<GlobalComponents["postern-reset"]>["$props"];

export const told: Props = {
  id: "reset",
  class: "reset",
  tenant: "contoso.example",
  theme: "auto",
  shadow: true,
  "onPostern:step": ({ detail: { step, from } }) => step === "done" && from === "password",
  "onPostern:error": ({ detail }) => detail.reason === "broken",
};

// @ts-expect-error There is no such purpose.
export const wrong: Props = { purpose: "change" };
// @ts-expect-error An event contains no personal data.
export const secret: Props = { "onPostern:done": ({ detail }) => detail.identifier };
