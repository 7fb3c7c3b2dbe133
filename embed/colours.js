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

// How the API ends at the service, which has the sheets beside it; a portal that hands the API on at another address has none.
const AT_SERVICE = /\/api\/v1$/;

// The rule for a portal's page, from the sheet of the service whose API that is; empty where there is none.
export const coloursOf = async (tenant, api) => {
  if (!tenant) return "";
  try {
    const { href } = new URL(api, document.baseURI);
    if (!AT_SERVICE.test(href)) return "";
    const response = await fetch(href.replace(AT_SERVICE, `/embed/themes/${encodeURIComponent(tenant)}.css`));
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
