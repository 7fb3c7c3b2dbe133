// What the service tells anybody of a tenant.

// How long the wizard waits for it, in milliseconds: it works without.
const TENANT_WITHIN = 3000;

// The answer, unless it is a refusal.
export const fetched = async url => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`postern: ${response.status} for ${url}`);
  return response;
};

// Nothing, where the API does not answer in time; what `unreached` makes of it, where it cannot be asked.
export const tenantOf = async (api, tenant, unreached = () => ({})) => {
  if (!tenant) return {};
  const answer = fetch(`${api}/tenants/${encodeURIComponent(tenant)}`).then(
    response => (response.ok ? response.json().catch(() => ({})) : {}),
    unreached,
  );
  const late = new Promise(done => setTimeout(done, TENANT_WITHIN, {}));
  return Promise.race([answer, late]);
};
