// Says the first step in the person's language before it is painted, and keeps what they do before
// the wizard comes. Stands in the page right after the step. The languages are asked for in the
// same order as in src/words/negotiate.rs.
{
  const languages = JSON.parse(document.getElementById("postern-first-words").textContent);
  const root = document.querySelector("[data-postern]");
  const choice = root.querySelector("select");
  const key = "postern.language";
  let words;

  const say = tag => {
    words = languages[tag.toLowerCase()];
    for (const element of [document.documentElement, root.firstElementChild]) {
      element.lang = words.lang;
      element.dir = words.dir;
    }
    for (const element of root.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
    document.title = words["identify-title"];
    choice.value = words.lang;
    // Of what is said where the wizard does not come, the same language comes first.
    for (const section of root.querySelectorAll(`section[lang=${words.lang}]`)) section.parentNode.prepend(section);
  };

  const lookup = wish => {
    let range = (wish || "").trim().replace(/_/g, "-").toLowerCase();
    while (range && !languages[range]?.dir) range = range.replace(/-?[^-]*$/, "");
    return range;
  };

  // Where storage is turned off, nothing was chosen before, and a choice holds for this page.
  const storage = use => {
    try {
      return use(localStorage);
    } catch {}
  };

  // What the address asks for is the wizard's too, unless the page knows better.
  root.dataset.posternLanguage ||= new URLSearchParams(location.search).get("lang") || "";
  const stored = storage(storage => storage.getItem(key));
  const wishes = [root.dataset.posternLanguage, stored, ...navigator.languages, "en"];
  say(wishes.map(lookup).find(Boolean));

  // The wizard will ask for the rest of the words as soon as it is there; by then they are.
  const preload = { rel: "preload", as: "fetch", crossOrigin: "", href: words.file };
  document.head.append(Object.assign(document.createElement("link"), preload));

  choice.onchange = () => {
    say(choice.value);
    storage(storage => storage.setItem(key, choice.value));
  };
  root.querySelector("form").onsubmit = event => {
    event.preventDefault();
    root.dataset.posternSent = "";
    root.querySelector("[data-postern-wait]").textContent = words["identify-working"];
  };
}
