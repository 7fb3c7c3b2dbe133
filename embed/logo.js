// The organisation's picture in the place of its name. If the picture is unavailable, the name
// stays. For screen readers the name always stays.

import { own } from "../crates/kit/src/document.js";

// The maximum height is that of the language choice beside it. A wide picture is lower, so that all
// pictures have about the same area.
const EMS_MAX = 2.44;
const EMS_MIN = 1.56;
const AREA = 9.5;
// The minimum for the row.
const EMS_OF_ROW = 4;

// The name reserves the place of the picture, so that nothing moves when the picture appears. The
// name has at most two lines.
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
  // A drawing can have proportions without a size.
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

// Reserves the place of a tenant's pictures by CSS rules that it passes to `dress`. The service at
// `api` supplies the data of the pictures. The returned function fetches the picture of the current
// scheme; the caller calls it again when the scheme may have changed. `wizardIn` returns the
// selector for an inner selector in the wizard, with an additional condition on the element that
// contains the wizard. The name keeps its normal form in a scheme without a picture, on paper, and
// for people with their own colours.
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

// The same for an element, in the portal's page or in the element's own shadow root.
export default (known, api, host, tenant, dress) => {
  const named = `[tenant="${CSS.escape(tenant)}" i]`;
  return logoOf(known, api, host, (besides, inner) => `postern-reset${named}${besides} ${inner},:host(${named}${besides}) ${inner}`, dress);
};
