// Reads from the address of a frame, before the browser paints the first step: the wizard's name,
// organisation, colours and language.

import { chosen } from "./chosen.js";

const asked = new URLSearchParams(location.search);
const element = document.querySelector("[data-postern]");

for (const [attribute, name] of Object.entries({ id: "name", tenant: "tenant", theme: "theme", locale: "lang" })) {
  if (asked.has(name)) element.setAttribute(attribute, asked.get(name));
}
// The person's own choice has priority over the language that the surrounding page asks for. The
// language of that page itself comes after them.
element.dataset.posternLanguage = chosen() || asked.get("lang") || "";
element.dataset.posternAround = asked.get("page") || "";
