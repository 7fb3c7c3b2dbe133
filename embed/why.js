// Finds out why there is no wizard, for the page's developer. The page loads this file when there
// is a problem. Browsers report little about an answer that the page may not read, so this code
// finds the cause by further requests.

// The time to wait for the answers, in milliseconds.
const ANSWERS_WITHIN = 5000;

const ask = (url, how) => fetch(url, { ...how, signal: AbortSignal.timeout?.(ANSWERS_WITHIN) }).catch(() => {});

// Throws an error that describes the problem with an API, or with the tenant there. `known` is the
// service's public data of the tenant, if the service is reachable; `colours` is null if the
// service reports that there is no such tenant.
export default async (api, tenant, known, colours) => {
  // The first request is open to every page, listed or not; the second tests whether any server
  // answers.
  const [answer, isThere] = await Promise.all([ask(`${api}/challenges`, { method: "POST" }), ask(api, { mode: "no-cors" })]);
  const isApi = typeof (await answer?.json().catch(() => {})) === "object";
  const fail = why => {
    throw new Error(`postern: ${why}`);
  };
  if (answer?.status >= 500 || (!answer && !isThere)) {
    fail(`the service at ${api} is not reached: ${answer?.status ?? "there is no such host, nothing answers, or connect-src of this page leaves it out"}`);
  }
  if (!isApi) fail(`the versions do not fit: what answers at ${api} is no API of Postern ${"postern:version"} that this page may read`);
  if (colours === null) fail(`there is no tenant ${tenant}`);
  if (!known) fail(`${location.origin} is not among the portals of ${tenant}`);
};
