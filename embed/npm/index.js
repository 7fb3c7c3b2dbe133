// Loads <postern-reset> where a page is put together by a bundler: its files keep their names, so
// none of them goes into a bundle.

const TAG = "postern-reset";

let loading;
let failures = 0;

// Adds the script at that URL to the page, once, and waits for the element. docs/embedding.md says
// what the page's policy has to let in.
export const load = (url, { integrity = "" } = {}) =>
  (loading ??= new Promise((loaded, failed) => {
    const { href } = new URL(url, document.baseURI);
    // What failed is asked for by another address: Firefox keeps failures of modules.
    const src = failures ? `${href}?${failures}` : href;
    const script = Object.assign(document.createElement("script"), { type: "module", src, integrity });
    script.addEventListener("load", () => loaded(customElements.whenDefined(TAG).then(() => {})));
    script.addEventListener("error", () => {
      // The next one to ask tries again.
      script.remove();
      loading = undefined;
      failures++;
      failed(new Error(`${TAG}: ${href} cannot be loaded, or is not what its integrity says`));
    });
    document.head.append(script);
  }));
