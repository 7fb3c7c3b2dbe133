// The way by redirect: to Postern's own page, and back to this one. Postern returns `state`
// unchanged. A person with another `state`, or with none, did not begin here, and this page shows
// them no message.

import { listen, settings } from "./settings.ts";
import { say } from "./words.ts";

const KEY = "contoso.state";

document.querySelector<HTMLAnchorElement>("#forgot")!.addEventListener("click", event => {
  const state = crypto.randomUUID();
  sessionStorage.setItem(KEY, state);
  const link = event.currentTarget as HTMLAnchorElement;
  const url = new URL(link.href);
  url.searchParams.set("return_to", new URL("/signed-in.html", location.href).href);
  url.searchParams.set("state", state);
  url.searchParams.set("lang", settings().language);
  link.href = url.href;
});

const given = new URLSearchParams(location.search).get("state");
const isBack = given !== null && given === sessionStorage.getItem(KEY);
if (isBack) {
  // The state is valid once.
  sessionStorage.removeItem(KEY);
  history.replaceState(null, "", location.pathname);
  const tell = () => {
    document.querySelector("#back")!.textContent = say(settings().language, "back");
  };
  listen(tell);
  tell();
}
