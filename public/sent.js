// Reads the parameters of a portal that sends a person here:
// `/?tenant=DOMAIN&return_to=ADDRESS&state=ANYTHING`. The wizard learns the tenant before the
// person has said who they are, and the service learns where to send the person back to.

import { logoOf } from "../embed/logo.js";
import { adopt } from "../embed/sheets.js";
import { tenantOf } from "../embed/tenant.js";

const asked = new URLSearchParams(location.search);
const [tenant, return_to, state] = ["tenant", "return_to", "state"].map(name => asked.get(name) ?? undefined);

// The page has colours of its own until these arrive.
if (tenant) {
  const href = `./embed/themes/${encodeURIComponent(tenant)}.css`;
  const onerror = () => console.error(`postern: there is no tenant ${tenant}, or its colours cannot be had`);
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onerror }));
}
const known = await tenantOf("api/v1", tenant);
if (known?.logo_url) {
  const look = logoOf(
    known,
    "api/v1",
    document.documentElement,
    (besides, inner) => `.postern-page${besides} ${inner}`,
    rule => adopt(document, rule),
  );
  look();
  matchMedia("(prefers-color-scheme:dark)").addEventListener("change", look);
}

export default {
  tenantName: known?.name,
  helpUrl: known?.help_url,
  tenant,
  via: return_to === undefined ? undefined : JSON.stringify({ return_to, state }),
};
