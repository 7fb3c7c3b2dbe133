// The settings of this portal: the language and the colours. The browser stores them, and listeners
// are called after changes.

export const LANGUAGES = { en: "ltr", nl: "ltr", ar: "rtl" } as const;
export const THEMES = ["auto", "light", "dark"] as const;

export type Language = keyof typeof LANGUAGES;
export type Theme = (typeof THEMES)[number];

export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
}

const KEY = "contoso.settings";

// A browser that stores nothing for a page throws. The portal works without stored settings.
const kept = (): Partial<Settings> => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
};

const read = (): Settings => {
  const { language, theme } = kept();
  return {
    language: language && language in LANGUAGES ? language : "en",
    theme: theme && THEMES.includes(theme) ? theme : "auto",
  };
};

let current = read();
const listeners = new Set<() => void>();

export const settings = () => current;

export const change = (changed: Partial<Settings>) => {
  current = { ...current, ...changed };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {}
  for (const listener of listeners) listener();
};

// Calls the listener after each change, until the caller calls the returned function.
export const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
