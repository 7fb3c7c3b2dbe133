// Runs a test program that was built for wasm32-wasip1: `node wasi.mjs program.wasm arguments`.
// It can read the machine's files, since some tests read tables, and nothing else.
import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { WASI } from "node:wasi";

// Node 20 loses the stack of a program that reads much, once V8 calls the read function directly.
setFlagsFromString("--no-turbo-fast-api-calls");

const [program, ...rest] = process.argv.slice(2);
const wasi = new WASI({
  version: "preview1",
  args: [program, ...rest],
  env: { RUST_BACKTRACE: "0" },
  preopens: { "/": "/", ".": process.cwd() },
  returnOnExit: true,
});
const imports = { wasi_snapshot_preview1: wasi.wasiImport };
const { instance } = await WebAssembly.instantiate(await readFile(program), imports);
process.exitCode = wasi.start(instance);
