// Uses all declarations in the way of a portal: `cargo xtask test size` checks this file with the
// TypeScript compiler.

import type { PosternFrameElement, PosternMessageFromFrame, PosternMessageToFrame, PosternResetElement, PosternStep } from "./postern.js";
import type {} from "./react.js";

const element: PosternResetElement = document.createElement("postern-reset");
element.api = "https://postern.example/api/v1";
element.tenant = "contoso.example";
element.locale = "nl";
element.theme = "dark";
element.purpose = "unlock";
element.identifier = "ada@contoso.example";
element.returnTo = "https://portal.example/account";
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

const framed: PosternFrameElement = document.createElement("postern-frame");
framed.src = "https://postern.example/embed/frame";
framed.tenant = "contoso.example";
framed.locale = "nl";
framed.theme = "light";
framed.purpose = "reset";
framed.identifier = "ada@contoso.example";
framed.returnTo = "https://portal.example/account";
framed.setLocale("ar");
const shownInFrame: [PosternStep | null, string, Promise<void>] = [framed.step, framed.version, framed.focus()];
framed.addEventListener("postern:step", ({ detail }) => detail.step === "code");

const init: PosternMessageToFrame = { postern: 1, type: "init", locale: "nl", theme: "auto", purpose: "reset", return_to: "https://portal.example/" };
const spoken: PosternMessageToFrame[] = [init, { postern: 1, type: "set-locale", locale: "ar" }, { postern: 1, type: "focus" }];
const heard = (message: PosternMessageFromFrame): number => (message.type === "resize" ? message.height : message.type === "focus" ? message.bottom : 0);

// @ts-expect-error A language is a text.
const strange: PosternMessageToFrame = { postern: 1, type: "set-locale" };
// @ts-expect-error A frame has no shadow root of ours.
framed.shadow = true;
// @ts-expect-error There is no such theme.
element.theme = "sepia";
// @ts-expect-error Only the wizard sets the step.
element.step = "done";
// @ts-expect-error An event contains no personal data.
element.addEventListener("postern:done", ({ detail }) => detail.identifier);

export const page = <postern-reset tenant="contoso.example" theme="auto" shadow id="reset" />;
export const listening = <postern-reset onpostern:step={({ detail }) => detail.step === "done"} />;
// @ts-expect-error An event contains no personal data.
export const secret = <postern-reset onpostern:done={({ detail }) => detail.identifier} />;
// @ts-expect-error There is no such purpose.
export const wrong = <postern-reset purpose="change" />;
export const inFrame = <postern-frame tenant="contoso.example" return-to="https://portal.example/" />;
export const told = [shown, version, begun, shownInFrame, spoken, heard, strange];
