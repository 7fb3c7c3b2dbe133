// Loads <postern-reset> in a page that uses a bundler: the files keep their names, so none of them
// goes into a bundle.

const TAG = "postern-reset";

let loading;
let failures = 0;

// Adds the script at this URL to the page, once, and waits for the element. docs/embedding.md lists
// the sources that the page's policy has to allow.
export const load = (url, { integrity = "" } = {}) =>
  (loading ??= new Promise((loaded, failed) => {
    const { href } = new URL(url, document.baseURI);
    // After a failure the script uses another address: Firefox caches failures of modules.
    const src = failures ? `${href}?${failures}` : href;
    const script = Object.assign(document.createElement("script"), { type: "module", src, integrity });
    script.addEventListener("load", () => loaded(customElements.whenDefined(TAG).then(() => {})));
    script.addEventListener("error", () => {
      // The next caller tries again.
      script.remove();
      loading = undefined;
      failures++;
      failed(new Error(`${TAG}: ${href} cannot be loaded, or is not what its integrity says`));
    });
    document.head.append(script);
  }));
