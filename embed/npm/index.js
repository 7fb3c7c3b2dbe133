// Loads <postern-reset> where a page is put together by a bundler: its files keep their names, so none of them goes into a bundle.

const TAG = "postern-reset";

let loading;

// Adds the script at that URL to the page, once, and waits for the element. docs/embedding.md says what the page's policy has to let in.
export const load = (url, { integrity = "" } = {}) =>
  (loading ??= new Promise((loaded, failed) => {
    const script = Object.assign(document.createElement("script"), { type: "module", src: url, integrity });
    script.addEventListener("load", () => loaded(customElements.whenDefined(TAG).then(() => {})));
    script.addEventListener("error", () => {
      // The next one to ask tries again.
      script.remove();
      loading = undefined;
      failed(new Error(`${TAG}: ${url} cannot be loaded, or is not what its integrity says`));
    });
    document.head.append(script);
  }));
