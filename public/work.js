// The proof of work in a worker, so that it never delays typing. It receives one message, the
// challenge, and sends one, the solution.
import { solve } from "./solve.js";

onmessage = async ({ data }) => postMessage(await solve(data));
