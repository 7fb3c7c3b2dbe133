// Another frame of the portal's page: it speaks to the page as the frame does, and to the frame as
// the page does.
const FORGED = { postern: 1, type: "done", purpose: "reset" };

addEventListener("message", () => {
  parent.postMessage(FORGED, "*");
  for (const message of [
    { postern: 1, type: "init", locale: "ar", identifier: "mallory@contoso.example" },
    { postern: 1, type: "set-locale", locale: "ar" },
  ]) {
    parent.document.querySelector("postern-frame iframe").contentWindow.postMessage(message, "*");
  }
  parent.document.documentElement.dataset.forged = "true";
});
