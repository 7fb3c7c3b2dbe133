// Begins an attempt as a client with ALTCHA's own library does: `node altcha.mjs LIBRARY ADDRESS`.
// Prints the answer.
import { pathToFileURL } from "node:url";

const [library, address] = process.argv.slice(2);
const load = name => import(pathToFileURL(`${library}/dist/esm/v2/${name}.js`));
const [{ solveChallenge }, { deriveKey }] = await Promise.all([load("index"), load("algorithms/pbkdf2")]);

const post = (path, body) =>
  fetch(`${address}/api/v1${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": `"${crypto.randomUUID()}"` },
    body: JSON.stringify(body),
  });
const challenge = await (await post("/challenges", {})).json();
const solution = await solveChallenge({ challenge, deriveKey });
const answer = await post("/attempts", {
  identifier: "ada@contoso.example",
  locale: "en",
  support_code: crypto.randomUUID(),
  work: { challenge, solution },
});
console.log(JSON.stringify({ status: answer.status, members: Object.keys(solution).sort(), answer: await answer.json() }));
