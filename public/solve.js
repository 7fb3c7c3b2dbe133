// Proof of work in the ALTCHA version 2 format with PBKDF2.

const bytes = hex => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16));
const hex = buffer => Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, "0")).join("");

// A limit far above the work of any challenge, so that a broken challenge cannot run for ever.
const COUNTER_MAX = 1_000_000;

// The solution of a challenge, both as JSON; null if there is none. The browser derives each key on
// a separate thread.
export const solve = async challenge => {
  try {
    const { parameters } = JSON.parse(challenge);
    const { algorithm, cost, keyLength, keyPrefix } = parameters;
    const nonce = bytes(parameters.nonce);
    const salt = bytes(parameters.salt);
    const hash = algorithm.split("/")[1];
    const password = new Uint8Array(nonce.length + 4);
    password.set(nonce);
    const view = new DataView(password.buffer);
    for (let counter = 0; counter < COUNTER_MAX; counter++) {
      view.setUint32(nonce.length, counter);
      const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
      const derived = hex(
        await crypto.subtle.deriveBits({ name: "PBKDF2", hash, salt, iterations: cost }, key, keyLength * 8),
      );
      if (derived.startsWith(keyPrefix)) return JSON.stringify({ counter, derivedKey: derived });
    }
  } catch {}
  return null;
};
