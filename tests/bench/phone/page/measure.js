// The measures in the page. Times are in microseconds.
import { boundary, contestants } from "./contestants.js";

if (!crossOriginIsolated) throw new Error("the clock of a page that is not isolated is too coarse");

/** The minimum time of a measurement, for which passes over all inputs are repeated: the clock ticks every 5 µs, and an answer takes less. */
const PASS_MICROSECONDS = 300_000;

const microsecondsSince = (begin) => (performance.now() - begin) * 1000;

const timed = { ...contestants, ...boundary };

/** The named contestants, ready to answer. */
const ready = (some) =>
  Promise.all(
    Object.entries(some).map(async ([name, load]) => {
      const { start, answer, keepAll } = await load();
      start();
      return { name, answer, keepAll };
    }),
  );

/** The answers of each contestant to each input. */
export const answers = async (inputs) =>
  Object.fromEntries((await ready(contestants)).map(({ name, answer }) => [name, inputs.map((input) => answer(...input))]));

/** The contestant to which the others are compared. */
export const names = () => Object.keys(timed);

/** The time of a contestant to its first answer. A page can measure this only once. */
export const firstCall = async (name, input) => {
  const { start, answer } = await timed[name]();
  const begin = performance.now();
  start();
  const text = answer(...input);
  const spent = microsecondsSince(begin);
  if (!text) throw new Error(`${name} did not answer`);
  return spent;
};

/** Reads inputs repeatedly in a page, so that a contestant that keeps its inputs need not receive them each time. */
const readerIn = (answer) => (inputs) => (repetitions) => {
  let length = 0;
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [input, region] of inputs) length += answer(input, region).length;
  }
  return length;
};

/**
 * The time of each contestant for an answer, in each round.
 *
 * The inputs come in groups. All inputs of a group are read once before the clock runs, and then repeatedly. So a contestant can
 * use what it keeps of the last ones, such as compiled patterns.
 */
const ofOne = async (rounds, groups, asThePage) => {
  const pass = (readers, repetitions) => {
    let spent = 0;
    let calls = 0;
    readers.forEach((read, index) => {
      read(1);
      const begin = performance.now();
      const length = read(repetitions);
      spent += microsecondsSince(begin);
      calls += groups[index].length * repetitions;
      if (length === 0) throw new Error("no contestant answered");
    });
    return { spent, ofOne: spent / calls };
  };
  const all = (await ready(timed)).map(({ name, answer, keepAll }) => {
    const readers = groups.map((asThePage && keepAll) || readerIn(answer));
    const repetitions = Math.ceil(PASS_MICROSECONDS / pass(readers, 1).spent);
    const next = () => pass(readers, repetitions).ofOne;
    next();
    return { name, next, spent: [] };
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const { next, spent } of all) spent.push(next());
  }
  return Object.fromEntries(all.map(({ name, spent }) => [name, spent]));
};

const byRegion = (inputs) => {
  const regions = new Map();
  for (const input of inputs) regions.set(input[1], [...(regions.get(input[1]) ?? []), input]);
  return [...regions.values()];
};

/** Region by region, as in a page that people of one country use. Each contestant is called as a page would call it: ours from within wasm. */
export const perCall = (rounds, inputs) => ofOne(rounds, byRegion(inputs), true);

/** The same, called from JavaScript: each string goes into wasm, and the answer comes out. */
export const perCallAcross = (rounds, inputs) => ofOne(rounds, byRegion(inputs), false);

/** The whole world repeatedly, so that no region profits from its last number. */
export const perCallOfTheWorld = (rounds, inputs) => ofOne(rounds, [inputs], true);
