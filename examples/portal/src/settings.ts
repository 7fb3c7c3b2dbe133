// What people have set in this portal: the language and the colours. Kept in the browser; listeners
// are told of changes.

export const LANGUAGES = { en: "ltr", nl: "ltr", ar: "rtl" } as const;
export const THEMES = ["auto", "light", "dark"] as const;

export type Language = keyof typeof LANGUAGES;
export type Theme = (typeof THEMES)[number];

export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
}

const KEY = "contoso.settings";

// Browsers that keep nothing for a page throw; the portal works without.
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

// Calls whenever something is set, until what it returns is called.
export const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
