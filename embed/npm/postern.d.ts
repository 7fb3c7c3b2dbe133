// The elements that `/embed/postern.js` and `/embed/postern-frame.js` define. docs/embedding.md
// describes each part.

/** The step that the wizard shows. */
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

/** The colours of the wizard: `auto` follows the person's device. */
export type PosternTheme = "auto" | "light" | "dark";

/** The wizard is ready for use. */
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

/**
 * The typed identifier cannot be used in this page. The wizard says so, and the person can type
 * another.
 */
export interface PosternProblem {
  /**
   * `organisation-other`: the identifier belongs to another organisation than `tenant`.
   * `portal-not-listed`: it belongs to one that does not list this origin.
   */
  readonly problem: "organisation-other" | "portal-not-listed";
}

/** The person is back in. */
export interface PosternDone {
  /** What was done. `null` if it was done before a reload of the page. */
  readonly purpose: PosternPurpose | null;
}

/** The person cannot get in now. After a reload, the page does not send this event again. */
export interface PosternRefused {
  /** `refused`: by policy or directory. `locked`: by too many tries. */
  readonly step: "refused" | "locked";
}

/** There is no wizard. */
export interface PosternError {
  /**
   * `unavailable`: its files could not be fetched, the tenant does not exist, this origin is not in
   * its portals, or an address is invalid. `broken`: the wizard stopped, and says so, or its step
   * was removed; a reload or `reset()` helps.
   */
  readonly reason: "unavailable" | "broken";
}

/** The person or the page ended the attempt. */
export interface PosternCancelled {
  /** Who ended it: the person, or the page with `cancel()`. */
  readonly by: "person" | "page";
}

/**
 * The events of the element, by name. No detail contains an identifier, code, number, token or
 * password.
 */
export interface PosternEventMap {
  "postern:ready": CustomEvent<PosternReady>;
  "postern:step": CustomEvent<PosternStepped>;
  "postern:problem": CustomEvent<PosternProblem>;
  "postern:done": CustomEvent<PosternDone>;
  "postern:refused": CustomEvent<PosternRefused>;
  "postern:error": CustomEvent<PosternError>;
  "postern:cancel": CustomEvent<PosternCancelled>;
}

/** `<postern-reset>`. Each property reflects the attribute with its name. */
export interface PosternResetElement extends HTMLElement {
  /** The address of the API. The default is `/api/v1` at the origin of the script. */
  api: string;
  /**
   * A domain of the organisation. The wizard shows its name, helpdesk and colours from the first
   * step on.
   */
  tenant: string;
  /** BCP 47 tag of the language. */
  locale: string;
  theme: PosternTheme;
  /** Answers the question why the person comes, if the policy asks it. */
  purpose: PosternPurpose | "";
  /** The initial content of the first step's field. */
  identifier: string;
  /** The address for the person at the end: one of the organisation's `return-to`. */
  returnTo: string;
  /** Whether the wizard is in a shadow root. The element reads it when it loads the wizard. */
  shadow: boolean;
  /** The current step. `null` while there is no wizard. */
  readonly step: PosternStep | null;
  /** The version of the element. */
  readonly version: string;
  /** Forgets the attempt in this page, and shows the first step. */
  reset(): Promise<void>;
  /** Ends the attempt at the service, and shows the first step. */
  cancel(): Promise<void>;
  /** Changes the language. The step and the typed text stay. */
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

/**
 * `<postern-frame>`: the wizard in a frame. Each property reflects the attribute with its name. It
 * has the events of `<postern-reset>`.
 */
export interface PosternFrameElement extends HTMLElement {
  /** The address of the frame's page. The default is `frame` in the folder of the script. */
  src: string;
  /** A domain of the organisation whose portals may contain the frame. */
  tenant: string;
  /** BCP 47 tag of the language. */
  locale: string;
  theme: PosternTheme;
  /** Answers the question why the person comes, if the policy asks it. */
  purpose: PosternPurpose | "";
  /** The initial content of the first step's field. */
  identifier: string;
  /** The address for the person at the end: one of the organisation's `return-to`. */
  returnTo: string;
  /** The current step. `null` while there is no wizard. */
  readonly step: PosternStep | null;
  /** The version of the element. */
  readonly version: string;
  /** Puts the focus into the wizard. */
  focus(): Promise<void>;
  /** Changes the language. The step and the typed text stay. */
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

/**
 * The messages of the frame to the page around it. The frame posts them to the exact origin of the
 * page that sent the first valid `init`. Accept them only from the frame's window and origin.
 */
export type PosternMessageFromFrame = { readonly postern: 1 } & (
  | ({ readonly type: "ready" } & PosternReady)
  /** The necessary height of the frame, in CSS pixels. */
  | { readonly type: "resize"; readonly height: number }
  | ({ readonly type: "step" } & PosternStepped)
  | ({ readonly type: "problem" } & PosternProblem)
  | ({ readonly type: "done" } & PosternDone)
  | ({ readonly type: "refused" } & PosternRefused)
  | ({ readonly type: "error" } & PosternError)
  | ({ readonly type: "cancel" } & PosternCancelled)
  /** The top and the bottom of the focused element, in CSS pixels from the top of the frame. */
  | { readonly type: "focus"; readonly top: number; readonly bottom: number }
);

/** The messages that the page around may post to the frame, to its exact origin. */
export type PosternMessageToFrame = { readonly postern: 1 } & (
  /** Send this after each load of the frame. */
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
