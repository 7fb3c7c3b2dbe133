// The public data of a tenant from the service.

// The time that the wizard waits for the data, in milliseconds: it also works without the data.
const TENANT_WITHIN = 3000;

// Returns an empty object if the data is missing or late; nothing if the service is unreachable or
// another server answers.
export const tenantOf = async (api, tenant) => {
  if (!tenant) return {};
  const answer = fetch(`${api}/tenants/${encodeURIComponent(tenant)}`).then(
    response => (response.ok ? response.json().catch(() => {}) : {}),
    () => {},
  );
  const late = new Promise(done => setTimeout(done, TENANT_WITHIN, {}));
  return Promise.race([answer, late]);
};
