// What the service says publicly of a tenant.

// How long the wizard waits for it, in milliseconds: it works without.
const TENANT_WITHIN = 3000;

// An empty object, where it is not told or not in time; nothing, where the service cannot be asked,
// or something else answers.
export const tenantOf = async (api, tenant) => {
  if (!tenant) return {};
  const answer = fetch(`${api}/tenants/${encodeURIComponent(tenant)}`).then(
    response => (response.ok ? response.json().catch(() => {}) : {}),
    () => {},
  );
  const late = new Promise(done => setTimeout(done, TENANT_WITHIN, {}));
  return Promise.race([answer, late]);
};
