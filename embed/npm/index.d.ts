// The exports of the package for a page that uses a bundler.

export type * from "./postern.js";

/** What the page knows of the script. */
export interface PosternLoading {
  /** Subresource Integrity of the script: `embed/postern.js` of `integrity.json`, for a copy of your own. */
  integrity?: string;
}

/**
 * Adds the script to the page, once, and waits until `<postern-reset>` is defined.
 *
 * `url` is where `embed/postern.js` is served: by a Postern, or by the portal from its copy of `dist`.
 * A copy knows no service: say the element's `api` then.
 * The promise is refused where the script cannot be loaded; the next call tries again.
 */
export declare function load(url: string | URL, options?: PosternLoading): Promise<void>;
