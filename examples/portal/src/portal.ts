// The shared script of all pages. It sets the language and the colours of the page and its wizard.

import { LANGUAGES, type Language, type Theme, change, listen, settings } from "./settings.ts";
import { type Word, say } from "./words.ts";

const show = () => {
  const { language, theme } = settings();
  const page = document.documentElement;
  page.lang = language;
  page.dir = LANGUAGES[language];
  page.dataset.theme = theme;
  for (const element of document.querySelectorAll<HTMLElement>("[data-words]")) {
    element.textContent = say(language, element.dataset.words as Word);
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-words-label]")) {
    element.ariaLabel = say(language, element.dataset.wordsLabel as Word);
  }
  // The wizard keeps its step: only its words and colours change. React sets these attributes of
  // its own element.
  for (const element of document.querySelectorAll("postern-reset:not([data-react]), postern-frame")) {
    element.setAttribute("locale", language);
    element.setAttribute("theme", theme);
  }
};

const choice = (id: string) => document.querySelector<HTMLSelectElement>(`#${id}`)!;
const [language, theme] = [choice("language"), choice("theme")];
language.value = settings().language;
theme.value = settings().theme;
language.addEventListener("change", () => change({ language: language.value as Language }));
theme.addEventListener("change", () => change({ theme: theme.value as Theme }));
listen(show);
show();
