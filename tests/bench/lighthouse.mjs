// Runs Lighthouse on some pages in turn and prints one line of JSON for each run:
// `node lighthouse.mjs <path of the lighthouse package> <rounds> name=url...`
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [module, rounds, ...named] = process.argv.slice(2);
const pages = named.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]);
const require = createRequire(join(module, "package.json"));
const { default: lighthouse } = await import(pathToFileURL(require.resolve("lighthouse/core/index.js")));
const { launch } = await import(pathToFileURL(require.resolve("chrome-launcher")));

const CHROME_FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  // The certificate is self-signed and made for this run.
  "--ignore-certificate-errors",
];

// Applied throttling measures a real load. Speeds and screen are Lighthouse's defaults for mobile.
const SETTINGS = {
  extends: "lighthouse:default",
  settings: {
    formFactor: "mobile",
    throttlingMethod: "devtools",
    onlyCategories: ["performance", "accessibility", "best-practices"],
  },
};

const score = (category) => Math.round(category.score * 100);

for (let round = 0; round < Number(rounds); round += 1) {
  for (const [page, url] of pages) {
    const chrome = await launch({ chromeFlags: CHROME_FLAGS });
    try {
      const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: "error" }, SETTINGS);
      if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
      const value = (audit) => lhr.audits[audit].numericValue;
      console.log(
        JSON.stringify({
          page,
          fcp_ms: value("first-contentful-paint"),
          lcp_ms: value("largest-contentful-paint"),
          tbt_ms: value("total-blocking-time"),
          cls: value("cumulative-layout-shift"),
          performance: score(lhr.categories.performance),
          accessibility: score(lhr.categories.accessibility),
          best_practices: score(lhr.categories["best-practices"]),
        }),
      );
      // Prints at once the reasons why a score is below 100.
      for (const category of Object.values(lhr.categories)) {
        for (const { id, weight } of category.auditRefs) {
          const audit = lhr.audits[id];
          if (weight > 0 && audit.score !== null && audit.score < 1) {
            console.error(`${page}: ${category.id}: ${id} ${audit.displayValue ?? ""} (${audit.score})`);
          }
        }
      }
    } finally {
      await chrome.kill();
    }
  }
}
