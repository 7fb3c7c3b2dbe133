// A portal's service worker. Its address says what it stores: `own`, everything of the portal
// itself; `all`, every file that its pages load; `allowed`, all of these without `no-store`. It
// answers an address with the text `swapped` with a page, like workers that have one page for all
// addresses.
const asked = new URL(location).searchParams;
const keeps = asked.get("keeps");
const swapped = asked.get("swapped");

addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));

const answer = async request => {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  const isForbidden = keeps === "allowed" && /no-store/.test(response.headers.get("Cache-Control"));
  if (response.ok && !isForbidden) {
    const cache = await caches.open("portal");
    await cache.put(request, response.clone());
  }
  return response;
};

addEventListener("fetch", event => {
  const { request } = event;
  const { origin, href } = new URL(request.url);
  if (swapped && href.includes(swapped)) {
    const headers = { "Content-Type": "text/html" };
    event.respondWith(new Response("<!doctype html><title>The portal</title>", { headers }));
  } else if (request.method === "GET" && (keeps !== "own" || origin === location.origin)) {
    event.respondWith(answer(request));
  }
});
