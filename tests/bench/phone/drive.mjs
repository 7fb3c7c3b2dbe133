// Measures phone numbers in Chromium and prints one line of JSON:
// `node drive.mjs <path of the lighthouse package> <rounds> <url> < inputs`, where the inputs are a
// JSON array of input and region. Puppeteer, which Lighthouse contains, drives the browser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [lighthouse, count, url] = process.argv.slice(2);
const rounds = Number(count);
const require = createRequire(join(lighthouse, "package.json"));
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")));
const inputs = JSON.parse(readFileSync(0, "utf8"));

const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH,
  // A single answer may take long.
  protocolTimeout: 0,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
});

/** Calls a function of `measure.js` in a new page. A separate context gives the page its own process, in which nothing is compiled yet. */
const measure = async (name, ...given) => {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await page.evaluate(async (name, given) => (await import("./measure.js"))[name](...given), name, given);
  } finally {
    await context.close();
  }
};

try {
  const answers = Object.entries(await measure("answers", inputs));
  const agreeing = inputs.filter(([input, region], index) => {
    const texts = answers.map(([, texts]) => texts[index]);
    const agree = texts[0] && texts.every((text) => text === texts[0]);
    if (!agree) console.error(`${input} | ${region}: ${answers.map(([name, texts]) => `${name} ${texts[index] || "refuses"}`).join(", ")}`);
    return agree;
  });

  const firstCall = Object.fromEntries((await measure("names")).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // All contestants get the same input, and each round has one of another region.
    const input = agreeing[Math.floor((round * agreeing.length) / rounds)];
    for (const name in firstCall) firstCall[name].push(await measure("firstCall", name, input));
  }
  console.log(
    JSON.stringify({
      agreeing,
      first_call: firstCall,
      per_call: await measure("perCall", rounds, agreeing),
      per_call_across: await measure("perCallAcross", rounds, agreeing),
      per_call_of_the_world: await measure("perCallOfTheWorld", rounds, agreeing),
    }),
  );
} finally {
  await browser.close();
}
