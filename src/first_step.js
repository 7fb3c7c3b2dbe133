// This script shows the first step in the person's language before the browser paints it, and keeps
// the person's input until the wizard loads. The page has this script directly after the step. The
// wishes and their order are the same as in src/language.rs.

import { lookup } from "./negotiate.js";

{
  const { ranges, languages } = JSON.parse(document.getElementById("postern-first-words").textContent);
  const root = document.querySelector("[data-postern]");
  const choice = root.querySelector("select");
  const key = "postern.language";
  let words;

  const say = tag => {
    words = languages[tag];
    for (const element of [document.documentElement, root.firstElementChild]) {
      element.lang = words.lang;
      element.dir = words.dir;
    }
    for (const element of root.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
    document.title = words["identify-title"];
    choice.value = words.lang;
    // Of the texts for a page without the wizard, the section in the same language comes first.
    for (const section of root.querySelectorAll(`section[lang=${words.lang}]`)) section.parentNode.prepend(section);
  };

  // If storage is turned off, there is no stored choice, and a new choice applies to this page
  // only.
  const storage = use => {
    try {
      return use(localStorage);
    } catch {}
  };

  // The wizard also uses the language in the address, unless the page sets one.
  root.dataset.posternLanguage ||= new URLSearchParams(location.search).get("lang") || "";
  const stored = storage(storage => storage.getItem(key));
  const wishes = [root.dataset.posternLanguage, stored, root.dataset.posternAround, ...navigator.languages, "en"];
  say(wishes.map(wish => lookup(wish, ranges)).find(Boolean));

  // The wizard requests the rest of the words as soon as it loads; this preload fetches them before
  // that.
  const preload = { rel: "preload", as: "fetch", crossOrigin: "", href: words.file };
  document.head.append(Object.assign(document.createElement("link"), preload));

  choice.onchange = () => {
    say((root.dataset.posternLanguage = choice.value));
    storage(storage => storage.setItem(key, choice.value));
  };
  root.querySelector("form").onsubmit = event => {
    event.preventDefault();
    root.dataset.posternSent = "";
    root.querySelector("[data-postern-wait]").textContent = words["identify-working"];
  };
}
