// What a portal says that sends somebody here: `/?tenant=DOMAIN&return_to=ADDRESS&state=ANYTHING`.
// The wizard learns whose it is before the person has said who they are, and the service where they are to be sent back to.

import { tenantOf } from "../embed/tenant.js";
import { tokensOf } from "../embed/colours.js";
import { adopt } from "../embed/sheets.js";

const asked = new URLSearchParams(location.search);
const [tenant, return_to, state] = ["tenant", "return_to", "state"].map(name => asked.get(name) ?? undefined);

const colours = tokensOf(tenant, `./embed/themes/${encodeURIComponent(tenant)}.css`).then(tokens => {
  if (!tokens) return;
  const page = ".postern,.postern-page";
  adopt(document, `${page}{${tokens.light}}`);
  adopt(document, `@media (prefers-color-scheme:dark){${page}{${tokens.dark}}}`);
});
const [{ name, help_url }] = await Promise.all([tenantOf("/api/v1", tenant), colours]);

export default {
  tenantName: name,
  helpUrl: help_url,
  via: return_to === undefined ? undefined : JSON.stringify({ return_to, state }),
};
