// The proof of work in a worker, so that typing is never held up: one message in (the challenge),
// one out (the solution).
import { solve } from "./solve.js";

onmessage = async ({ data }) => postMessage(await solve(data));
