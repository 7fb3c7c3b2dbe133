// What is measured in the page. Times are in microseconds.
import { boundary, contestants } from "./contestants.js";

if (!crossOriginIsolated) throw new Error("the clock of a page that is not isolated is too coarse");

/** A pass over all inputs is repeated until it takes so long: the clock ticks every 5 µs, and an answer takes less. */
const PASS_MICROSECONDS = 300_000;

const microsecondsSince = (begin) => (performance.now() - begin) * 1000;

const timed = { ...contestants, ...boundary };

/** Some, ready to answer. */
const ready = (some) =>
  Promise.all(
    Object.entries(some).map(async ([name, load]) => {
      const { start, answer } = await load();
      start();
      return { name, answer };
    }),
  );

/** What each contestant answers to each input. */
export const answers = async (inputs) =>
  Object.fromEntries((await ready(contestants)).map(({ name, answer }) => [name, inputs.map((input) => answer(...input))]));

/** Whom the others measure. */
export const names = () => Object.keys(timed);

/** How long one of them takes to its first answer. A page can tell this once. */
export const firstCall = async (name, input) => {
  const { start, answer } = await timed[name]();
  const begin = performance.now();
  start();
  const text = answer(...input);
  const spent = microsecondsSince(begin);
  if (!text) throw new Error(`${name} did not answer`);
  return spent;
};

/**
 * How long each of them takes for an answer, in each round.
 *
 * The inputs come in groups. Those of a group have been read once before the clock runs, and are then read again and again: what
 * one keeps of the last ones, such as compiled patterns, it is given.
 */
const ofOne = async (rounds, groups) => {
  const pass = (answer, repetitions) => {
    let spent = 0;
    let calls = 0;
    let length = 0;
    const read = (inputs) => {
      for (const [input, region] of inputs) length += answer(input, region).length;
    };
    for (const inputs of groups) {
      read(inputs);
      const begin = performance.now();
      for (let repetition = 0; repetition < repetitions; repetition += 1) read(inputs);
      spent += microsecondsSince(begin);
      calls += inputs.length * repetitions;
    }
    if (length === 0) throw new Error("nobody answered");
    return { spent, ofOne: spent / calls };
  };
  const all = (await ready(timed)).map(({ name, answer }) => {
    const repetitions = Math.ceil(PASS_MICROSECONDS / pass(answer, 1).spent);
    const next = () => pass(answer, repetitions).ofOne;
    next();
    return { name, next, spent: [] };
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const { next, spent } of all) spent.push(next());
  }
  return Object.fromEntries(all.map(({ name, spent }) => [name, spent]));
};

/** Region by region, as a page meets them that people of one country use. */
export const perCall = (rounds, inputs) => {
  const regions = new Map();
  for (const input of inputs) regions.set(input[1], [...(regions.get(input[1]) ?? []), input]);
  return ofOne(rounds, [...regions.values()]);
};

/** The whole world again and again, so that no region meets what was kept of its last number. */
export const perCallOfTheWorld = (rounds, inputs) => ofOne(rounds, [inputs]);
