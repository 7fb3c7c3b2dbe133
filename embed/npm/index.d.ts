// The exports of the package for a page that uses a bundler.

export type * from "./postern.js";

/** Options for loading the script. */
export interface PosternLoading {
  /**
   * Subresource Integrity of the script: `embed/postern.js` in `integrity.json`, for your own copy.
   */
  integrity?: string;
}

/**
 * Adds the script to the page, once, and waits until `<postern-reset>` is defined.
 *
 * `url` is the address of `embed/postern.js`: at a Postern, or at the portal in its copy of `dist`.
 * A copy does not know its service: set the element's `api` then.
 * The promise is rejected if the script cannot be loaded. The next call tries again.
 */
export declare function load(url: string | URL, options?: PosternLoading): Promise<void>;
