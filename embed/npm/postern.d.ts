// The elements that `/embed/postern.js` and `/embed/postern-frame.js` define. docs/embedding.md
// describes each part.

/** What the wizard shows. */
export type PosternStep =
  | "identify"
  | "resuming"
  | "purpose"
  | "method"
  | "phone"
  | "code"
  | "call"
  | "questions"
  | "password"
  | "unlock"
  | "writing-back"
  | "leave"
  | "done"
  | "refused"
  | "locked"
  | "ended";

/** Why the person comes: they forgot the password, or know it and are locked out. */
export type PosternPurpose = "reset" | "unlock";

/** Which colours the wizard has: `auto` follows the person's device. */
export type PosternTheme = "auto" | "light" | "dark";

/** The wizard can be used. */
export interface PosternReady {
  /** The version of the element. */
  readonly version: string;
}

/** The wizard shows another step. */
export interface PosternStepped {
  readonly step: PosternStep;
  /** The step before; `null` for the first one. */
  readonly from: PosternStep | null;
}

/** What the person typed cannot be gone on with in this page; they are told so, and can type something else. */
export interface PosternProblem {
  /** `organisation-other`: it belongs to another organisation than `tenant`. `portal-not-listed`: to one that does not list this origin. */
  readonly problem: "organisation-other" | "portal-not-listed";
}

/** The person is back in. */
export interface PosternDone {
  /** What was done; `null` where it was done before the page was loaded again. */
  readonly purpose: PosternPurpose | null;
}

/** The person cannot be let in now. A page that is loaded again does not tell it again. */
export interface PosternRefused {
  /** `refused` by policy or directory, `locked` by too many tries. */
  readonly step: "refused" | "locked";
}

/** There is no wizard. */
export interface PosternError {
  /** `unavailable`: its files could not be fetched, there is no such tenant, this origin is not among its portals, or an address is none. `broken`: it stopped, and says so, or its step was taken out; another page load helps, or `reset()`. */
  readonly reason: "unavailable" | "broken";
}

/** The attempt was left. */
export interface PosternCancelled {
  /** Who left it: the person, or the page by `cancel()`. */
  readonly by: "person" | "page";
}

/** What the element tells, by the name of the event. No detail has an identifier, code, number, token or password. */
export interface PosternEventMap {
  "postern:ready": CustomEvent<PosternReady>;
  "postern:step": CustomEvent<PosternStepped>;
  "postern:problem": CustomEvent<PosternProblem>;
  "postern:done": CustomEvent<PosternDone>;
  "postern:refused": CustomEvent<PosternRefused>;
  "postern:error": CustomEvent<PosternError>;
  "postern:cancel": CustomEvent<PosternCancelled>;
}

/** `<postern-reset>`. Each property is the attribute of its name. */
export interface PosternResetElement extends HTMLElement {
  /** Where the API is; `/api/v1` at the origin of the script unless said otherwise. */
  api: string;
  /** The domain of the organisation whose name, helpdesk and colours are shown from the first step on. */
  tenant: string;
  /** BCP 47 tag of the language. */
  locale: string;
  theme: PosternTheme;
  /** Answers why the person comes, where policy asks. */
  purpose: PosternPurpose | "";
  /** What the field of the first step holds at first. */
  identifier: string;
  /** Where the person goes once they are done: an address of the organisation's `return-to`. */
  returnTo: string;
  /** Whether the wizard lives in a shadow root; read when it comes. */
  shadow: boolean;
  /** The step that is shown; `null` while there is no wizard. */
  readonly step: PosternStep | null;
  /** The version of the element. */
  readonly version: string;
  /** Forgets the attempt, and shows the first step. */
  reset(): Promise<void>;
  /** Ends the attempt at the service, and shows the first step. */
  cancel(): Promise<void>;
  /** Changes the language; the step and what was typed stay. */
  setLocale(tag: string): void;
}

/** The attributes of `<postern-reset>`, as a template writes them. */
export interface PosternResetAttributes {
  api?: string;
  tenant?: string;
  locale?: string;
  theme?: PosternTheme;
  purpose?: PosternPurpose;
  identifier?: string;
  "return-to"?: string;
  shadow?: boolean;
}

/** `<postern-frame>`: the wizard in a frame. Each property is the attribute of its name; its events are those of `<postern-reset>`. */
export interface PosternFrameElement extends HTMLElement {
  /** Where the page of the frame is; `frame` beside the script unless said otherwise. */
  src: string;
  /** A domain of the organisation, whose portals may have the frame. */
  tenant: string;
  /** BCP 47 tag of the language. */
  locale: string;
  theme: PosternTheme;
  /** Answers why the person comes, where policy asks. */
  purpose: PosternPurpose | "";
  /** What the field of the first step holds at first. */
  identifier: string;
  /** Where the person goes once they are done: an address of the organisation's `return-to`. */
  returnTo: string;
  /** The step that is shown; `null` while there is no wizard. */
  readonly step: PosternStep | null;
  /** The version of the element. */
  readonly version: string;
  /** Puts the focus into the wizard. */
  focus(): Promise<void>;
  /** Changes the language; the step and what was typed stay. */
  setLocale(tag: string): void;
}

/** The attributes of `<postern-frame>`, as a template writes them. */
export interface PosternFrameAttributes {
  src?: string;
  tenant?: string;
  locale?: string;
  theme?: PosternTheme;
  purpose?: PosternPurpose;
  identifier?: string;
  "return-to"?: string;
}

/** What the frame posts to the page around it, to the exact origin of the page that sent the first valid `init`. Take it from the frame's window and origin alone. */
export type PosternMessageFromFrame = { readonly postern: 1 } & (
  | ({ readonly type: "ready" } & PosternReady)
  /** How high the frame has to be, in CSS pixels. */
  | { readonly type: "resize"; readonly height: number }
  | ({ readonly type: "step" } & PosternStepped)
  | ({ readonly type: "problem" } & PosternProblem)
  | ({ readonly type: "done" } & PosternDone)
  | ({ readonly type: "refused" } & PosternRefused)
  | ({ readonly type: "error" } & PosternError)
  | ({ readonly type: "cancel" } & PosternCancelled)
  /** Where what has the focus now begins and ends, in CSS pixels from the top of the frame. */
  | { readonly type: "focus"; readonly top: number; readonly bottom: number }
);

/** What the page around may post to the frame, to its exact origin. */
export type PosternMessageToFrame = { readonly postern: 1 } & (
  /** Once the frame has loaded, each time that it does. */
  | {
      readonly type: "init";
      readonly locale?: string;
      readonly theme?: PosternTheme;
      readonly purpose?: PosternPurpose;
      readonly identifier?: string;
      readonly return_to?: string;
    }
  | { readonly type: "set-locale"; readonly locale: string }
  /** Puts the focus into the wizard. */
  | { readonly type: "focus" }
);

declare global {
  interface HTMLElementTagNameMap {
    "postern-reset": PosternResetElement;
    "postern-frame": PosternFrameElement;
  }

  interface HTMLElementEventMap extends PosternEventMap {}
}
