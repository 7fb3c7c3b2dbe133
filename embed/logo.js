// The organisation's picture in the place of its name. Where the picture cannot be had, the name stays; for screen readers it always does.

import { own } from "../src/document.js";

// As high as the language beside it at most, so that nothing moves when the picture comes; a wide one is lower, and all fill about the same area.
const EMS_MAX = 2.44;
const EMS_MIN = 1.56;
const AREA = 9.5;
// Of the row, at least.
const EMS_OF_ROW = 4;

const loaded = async href => {
  const picture = own.createElement("img");
  picture.src = href;
  await picture.decode();
  return picture;
};

const ruleOf = (selector, { src, naturalWidth, naturalHeight }) => {
  // A drawing may say its proportions and no size.
  const proportion = naturalWidth / naturalHeight || EMS_OF_ROW;
  const height = Math.min(EMS_MAX, Math.max(EMS_MIN, Math.sqrt(AREA / proportion)));
  const declarations = {
    "align-self": "center",
    background: `url("${src}") center/contain no-repeat`,
    "block-size": `${height}em`,
    flex: `1 1 ${EMS_OF_ROW}em`,
    "max-inline-size": `${height * proportion}em`,
    overflow: "hidden",
    "text-indent": "100%",
    "white-space": "nowrap",
  };
  const insistent = Object.entries(declarations).map(([name, value]) => `${name}:${value}!important`);
  return `${selector}{${insistent.join(";")}}`;
};

// The rule for a tenant with a picture, as the service at `api` tells of it; fails where a picture cannot be shown. `wizardIn` gives the selector of what is in the
// wizard, where what contains it is so besides. In a scheme without a picture the name stays, and so it does on paper and for people with colours of their own.
export const logoOf = async ({ logo_url, logo_dark_url }, api, wizardIn) => {
  const inScheme = async (scheme, other, path) => {
    if (!path) return "";
    const picture = await loaded(new URL(path, `${new URL(api, location)}/tenants/`).href);
    const rule = besides => ruleOf(wizardIn(besides, ".postern-tenant"), picture);
    return `@media (prefers-color-scheme:${scheme}){${rule(`:not([theme=${other}],[data-postern-scheme=${other}])`)}}${rule(`:is([theme=${scheme}],[data-postern-scheme=${scheme}])`)}`;
  };
  const rules = await Promise.all([inScheme("light", "dark", logo_url), inScheme("dark", "light", logo_dark_url)]);
  return `@layer postern{@layer urgent{@media screen and (forced-colors:none){${rules.join("")}}}}`;
};

// The same for an element, in the portal's page or in a shadow root of the element's own.
export default (known, { tenant }, api) => {
  const named = `[tenant="${CSS.escape(tenant)}" i]`;
  return logoOf(known, api, (besides, inner) => `postern-reset${named}${besides} ${inner},:host(${named}${besides}) ${inner}`);
};
