// A portal's own script. It writes its events and measures to its page, because some drivers cannot
// look into scripts.
const root = document.documentElement;

const heard = [];
for (const name of ["ready", "step", "problem", "done", "refused", "error", "cancel"]) {
  addEventListener(`postern:${name}`, event => {
    heard.push([name, event.detail, event.target.localName]);
    root.dataset.heard = JSON.stringify(heard);
  });
}

// The page's console messages, and its uncaught exceptions.
const said = [];
const { info } = console;
console.info = (...words) => {
  said.push(words.join(" "));
  root.dataset.said = JSON.stringify(said);
  info.apply(console, words);
};
const errors = [];
const { error } = console;
console.error = (...words) => {
  errors.push(words.join(" "));
  root.dataset.errors = JSON.stringify(errors);
  error.apply(console, words);
};
addEventListener("error", ({ message }) => (root.dataset.thrown = JSON.stringify(message)));

// The requests to each service, and whether they have a token.
const fetched = [];
const { fetch } = window;
window.fetch = (resource, options) => {
  // A request made from another request would consume its body.
  const { url, method, headers } = resource instanceof Request ? resource : new Request(resource, options);
  fetched.push([url, method, headers.has("authorization")]);
  root.dataset.fetched = JSON.stringify(fetched);
  return fetch(resource, options);
};

// Every message that this window receives, from any origin.
const posted = [];
addEventListener("message", ({ data, origin }) => {
  posted.push([origin, data]);
  root.dataset.posted = JSON.stringify(posted);
});

const stopped = [];
document.addEventListener("securitypolicyviolation", event => {
  stopped.push(`${event.effectiveDirective} ${event.blockedURI}`);
  root.dataset.stopped = JSON.stringify(stopped);
});

// The distance of each shift of the page, and the shifted elements with their old and new places.
const shifted = [];
const moved = ({ node, previousRect, currentRect }) => [node?.outerHTML?.slice(0, 80) ?? node?.nodeName, previousRect, currentRect];
try {
  new PerformanceObserver(list => {
    for (const { value, sources } of list.getEntries()) shifted.push([value, ...sources.map(moved)]);
    root.dataset.shifted = JSON.stringify(shifted);
  }).observe({ type: "layout-shift", buffered: true });
} catch {}

// Does something with the element: `["setLocale", "nl"]` calls, `["theme=", "dark"]` sets,
// `["step"]` reads.
document.addEventListener("portal", () => {
  const [name, ...values] = JSON.parse(root.dataset.asked);
  const element = document.querySelector("postern-reset, postern-frame");
  if (name.endsWith("=")) element[name.slice(0, -1)] = values[0];
  else if (typeof element[name] === "function") element[name](...values);
  else root.dataset.told = JSON.stringify(element[name]);
});
