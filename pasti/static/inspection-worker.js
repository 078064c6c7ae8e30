// The service worker of the inspection pages: what was fetched last is shown when there is no network. It keeps no notes;
// those are in the page's own store (inspection.js). The network always comes first, so that nobody works on an old page unknowingly.
"use strict";

const CACHE = "peninjauan";
const PATIENCE = 10_000; // milliseconds; a network that does not answer by then counts as none
const FIELD_PAGE = /^\/meja\/peninjauan\/[0-9a-f-]{36}\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const isKept = (url) => FIELD_PAGE.test(url.pathname) || url.pathname.startsWith("/static/");

const fromNetwork = async (request) => {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) {
    const cache = await caches.open(CACHE);
    await cache.put(request, answer.clone());
  }
  return answer;
};

const inTime = (promise) =>
  Promise.race([promise, new Promise((_, refuse) => setTimeout(() => refuse(new Error("no answer in time")), PATIENCE))]);

const answer = async (request) => {
  try {
    return await inTime(fromNetwork(request));
  } catch (fault) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw fault;
  }
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || !isKept(url)) return;
  event.respondWith(answer(event.request));
});
