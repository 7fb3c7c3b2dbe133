// A tenant's own colours: of what its sheet says, the tokens.

const read = (rules, isDark, into) => {
  for (const rule of rules) {
    for (const name of rule.style ?? []) {
      if (name.startsWith("--postern-")) into[isDark ? "dark" : "light"] += `${name}:${rule.style.getPropertyValue(name)};`;
    }
    read(rule.cssRules ?? [], isDark || /dark/.test(rule.conditionText), into);
  }
  return into;
};

// The declarations of each scheme, from the sheet at that URL; nothing where there is none.
export const tokensOf = async (tenant, url) => {
  if (!tenant) return;
  try {
    const response = await fetch(url);
    if (!response.ok) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await response.text());
    return read(sheet.cssRules, false, { light: "", dark: "" });
  } catch {}
};
