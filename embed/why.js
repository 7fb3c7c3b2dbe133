// Why there is no wizard, for who writes the page: fetched where something is wrong. Browsers tell
// a page little of an answer that it may not read, so that what is wrong is found out by asking.

// How long the answers are waited for, in milliseconds.
const ANSWERS_WITHIN = 5000;

const ask = (url, how) => fetch(url, { ...how, signal: AbortSignal.timeout?.(ANSWERS_WITHIN) }).catch(() => {});

// Throws what is wrong with an API, or with the tenant there. `known` is what the service says of
// the tenant, if it can be asked; `colours` is null where it says that there is none.
export default async (api, tenant, known, colours) => {
  // What every page may read, listed or not, and whether anything answers at all.
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
