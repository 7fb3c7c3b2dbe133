// Another frame of the portal's page. It sends the page messages like the frame's, and the frame
// messages like the page's.
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
