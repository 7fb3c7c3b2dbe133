// What the address of a frame says of the wizard before the first step is painted: its name, its
// organisation, its colours and its language.

import { chosen } from "./chosen.js";

const asked = new URLSearchParams(location.search);
const element = document.querySelector("[data-postern]");

for (const [attribute, name] of Object.entries({ id: "name", tenant: "tenant", theme: "theme", locale: "lang" })) {
  if (asked.has(name)) element.setAttribute(attribute, asked.get(name));
}
// The person's own choice comes first, then what the page around it asks for, and then the language
// of that page.
element.dataset.posternLanguage = chosen() || asked.get("lang") || asked.get("page") || "";
