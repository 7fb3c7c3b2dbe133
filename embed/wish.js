// What the address of a frame says of the wizard before the first step is painted: its name, its organisation, its colours and its language.

const asked = new URLSearchParams(location.search);
const element = document.querySelector("[data-postern]");

// What the person chose before; nothing, where storage is refused.
const chosen = () => {
  try {
    return localStorage.getItem("postern.language");
  } catch {}
};

for (const [attribute, name] of Object.entries({ id: "name", tenant: "tenant", theme: "theme", locale: "lang" })) {
  if (asked.has(name)) element.setAttribute(attribute, asked.get(name));
}
// In the order of src/words/negotiate.rs, with the language of the page around it as that of the page.
element.dataset.posternLanguage = asked.get("lang") || chosen() || asked.get("page") || "";
