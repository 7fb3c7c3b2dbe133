// All of the declarations, as a portal uses them: `cargo xtask test size` has the compiler read this.

import type { PosternResetElement, PosternStep } from "./postern.js";
import type {} from "./react.js";

const element: PosternResetElement = document.createElement("postern-reset");
element.api = "https://postern.example/api/v1";
element.tenant = "contoso.example";
element.locale = "nl";
element.theme = "dark";
element.purpose = "unlock";
element.identifier = "ada@contoso.example";
element.shadow = true;
element.setLocale("ar");

const shown: PosternStep | null = element.step;
const version: string = element.version;
const begun: Promise<void>[] = [element.reset(), element.cancel()];

element.addEventListener("postern:ready", ({ detail }) => detail.version.length);
element.addEventListener("postern:step", ({ detail: { step, from } }) => step === "done" && from === "password");
element.addEventListener("postern:done", ({ detail }) => detail.purpose === "reset");
element.addEventListener("postern:refused", ({ detail }) => detail.step === "locked");
element.addEventListener("postern:error", ({ detail }) => detail.reason === "broken");
element.addEventListener("postern:cancel", ({ detail }) => detail.by === "person");

// @ts-expect-error There is no such theme.
element.theme = "sepia";
// @ts-expect-error The step is the wizard's to say.
element.step = "done";
// @ts-expect-error An event tells nothing of who it is about.
element.addEventListener("postern:done", ({ detail }) => detail.identifier);

export const page = <postern-reset tenant="contoso.example" theme="auto" shadow id="reset" />;
export const listening = <postern-reset onpostern:step={({ detail }) => detail.step === "done"} />;
// @ts-expect-error An event tells nothing of who it is about.
export const secret = <postern-reset onpostern:done={({ detail }) => detail.identifier} />;
// @ts-expect-error There is no such purpose.
export const wrong = <postern-reset purpose="change" />;
export const told = [shown, version, begun];
