// Plays cases on the choice of scripts: reads lists of ranges and wishes as JSON, and writes the
// language of each list, or null.
import { readFileSync } from "node:fs";

const [, , module] = process.argv;
const source = readFileSync(module, "utf8");
const { lookup } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

const cases = JSON.parse(readFileSync(0, "utf8"));
const chosen = cases.map(({ ranges, wishes }) => wishes.map(wish => lookup(wish, ranges)).find(Boolean) ?? null);
process.stdout.write(JSON.stringify(chosen));
