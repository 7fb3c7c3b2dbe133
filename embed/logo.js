// The organisation's picture in the place of its name. Where the picture cannot be had, the name
// stays; for screen readers it always does.

import { own } from "../src/document.js";

// As high as the language beside it at most; a wide one is lower, and all fill about the same area.
const EMS_MAX = 2.44;
const EMS_MIN = 1.56;
const AREA = 9.5;
// Of the row, at least.
const EMS_OF_ROW = 4;

// The name keeps the picture's place, so that nothing moves when that comes: it has two lines at
// most.
const NAME = [
  "align-content:center",
  "align-self:center",
  "display:-webkit-box",
  `flex:1 1 ${EMS_OF_ROW}em`,
  "line-height:1.2",
  `min-block-size:${EMS_MAX}em`,
  "overflow:hidden",
  "-webkit-box-orient:vertical",
  "-webkit-box-pack:center",
  "-webkit-line-clamp:2",
];

const pictureAt = async src => {
  const picture = own.createElement("img");
  picture.src = src;
  await picture.decode();
  // A drawing may say its proportions and no size.
  const proportion = picture.naturalWidth / picture.naturalHeight || EMS_OF_ROW;
  const height = Math.min(EMS_MAX, Math.max(EMS_MIN, Math.sqrt(AREA / proportion)));
  const width = height * proportion;
  return [
    `background:url("${src}") center/contain no-repeat`,
    `block-size:${height}em`,
    "display:block",
    `margin-block:${(EMS_MAX - height) / 2}em`,
    `margin-inline-end:${Math.max(0, EMS_OF_ROW - width)}em`,
    `max-inline-size:${width}em`,
    "min-block-size:0",
    "text-indent:100%",
    "white-space:nowrap",
  ];
};

// Keeps the place of a tenant's pictures, as the service at `api` tells of them, by rules that
// `dress` is given. What is given back fetches that of the present scheme, and is to be called
// again where that may have changed. `wizardIn` gives the selector of what is in the wizard, where
// what contains it is so besides. In a scheme without a picture the name is as it is elsewhere, and
// so it is on paper and for people with colours of their own.
export const logoOf = ({ logo_url, logo_dark_url }, api, host, wizardIn, dress) => {
  const paths = { light: logo_url, dark: logo_dark_url };
  const has = (scheme, declarations) => {
    const other = scheme === "dark" ? "light" : "dark";
    const rule = besides => `${wizardIn(besides, ".postern-tenant")}{${declarations.join("!important;")}!important}`;
    dress(
      `@layer postern{@layer urgent{@media screen and (forced-colors:none){@media (prefers-color-scheme:${scheme}){${rule(`:not([theme=${other}],[data-postern-scheme=${other}])`)}}${rule(`:is([theme=${scheme}],[data-postern-scheme=${scheme}])`)}}}}`,
    );
  };
  for (const scheme in paths) if (paths[scheme]) has(scheme, NAME);
  return () => {
    const [said] = /^(light|dark)$/.exec(host.dataset.posternScheme || host.theme) ?? [];
    const scheme = said ?? (matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light");
    const path = paths[scheme];
    delete paths[scheme];
    if (!path) return;
    pictureAt(new URL(path, `${new URL(api, location)}/tenants/`).href)
      .then(picture => has(scheme, picture))
      .catch(() => {});
  };
};

// The same for an element, in the portal's page or in a shadow root of the element's own.
export default (known, api, host, tenant, dress) => {
  const named = `[tenant="${CSS.escape(tenant)}" i]`;
  return logoOf(known, api, host, (besides, inner) => `postern-reset${named}${besides} ${inner},:host(${named}${besides}) ${inner}`, dress);
};
