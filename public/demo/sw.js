// Keeps the demo available without a network. The build inserts its files, and a version that
// changes with each of them.
"use strict";

const FILES = /*postern:precache*/[];
const VERSION = /*postern:version*/"";
const PREFIX = "postern-demo-";
const CACHE = PREFIX + VERSION;
const PAGE = "./";

// A file name with the hash of its content never gets other content.
const isNamedAfterContent = url => /-[0-9a-f]{16}\.\w+$/.test(url.pathname);

addEventListener("install", event => {
  const fill = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES);
    await skipWaiting();
  };
  event.waitUntil(fill());
});

addEventListener("activate", event => {
  const tidy = async () => {
    const names = await caches.keys();
    const stale = names.filter(name => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(stale.map(name => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(tidy());
});

// The answer of the network takes precedence; the stored copy is used if there is no answer.
const networkFirst = async (request, kept) => {
  try {
    const answer = await fetch(request);
    if (answer.ok) return answer;
    return (await kept()) ?? answer;
  } catch (error) {
    const answer = await kept();
    if (answer) return answer;
    throw error;
  }
};

const cacheFirst = async (request, kept) => (await kept()) ?? fetch(request);

addEventListener("fetch", event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const kept = async () => {
    const cache = await caches.open(CACHE);
    return cache.match(request.mode === "navigate" ? PAGE : request, { ignoreSearch: true });
  };
  event.respondWith(isNamedAfterContent(url) ? cacheFirst(request, kept) : networkFirst(request, kept));
});
