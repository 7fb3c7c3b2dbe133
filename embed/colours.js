// A tenant's own colours: of what its sheet says, the tokens, for the elements of that tenant alone.

const read = (rules, isDark, into) => {
  for (const rule of rules) {
    for (const name of rule.style ?? []) {
      if (name.startsWith("--postern-")) into[isDark ? "dark" : "light"] += `${name}:${rule.style.getPropertyValue(name)};`;
    }
    read(rule.cssRules ?? [], isDark || /dark/.test(rule.conditionText), into);
  }
  return into;
};

// The rule for a portal's page, from the sheet at that URL; empty where there is none.
export const coloursOf = async (tenant, url) => {
  if (!tenant) return "";
  try {
    const response = await fetch(url);
    if (!response.ok) return "";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await response.text());
    const { light, dark } = read(sheet.cssRules, false, { light: "", dark: "" });
    const element = `postern-reset[tenant="${CSS.escape(tenant)}"]`;
    return `@layer postern{${element}{${light}}@media (prefers-color-scheme:dark){${element}:not([theme=light]){${dark}}}${element}[theme=dark]{${dark}}}`;
  } catch {
    return "";
  }
};
