// The wizard in <postern-reset>: how it enters the element, how it leaves it, and the events that
// the portal receives. The element derives the events from the wizard's drawn steps, so that no
// detail of an event can contain typed or sent data.

import init, { mount } from "postern:script";
import { own } from "../crates/kit/src/document.js";
import { lookup } from "../src/negotiate.js";
import { address } from "./address.js";
import { chosen, forgetChosen } from "./chosen.js";
import { groundOf, settleOn, watchGround } from "./ground.js";
import { adopt } from "./sheets.js";
import { tenantOf } from "./tenant.js";

// What a page may ask for, with the tag of the language.
const RANGES = { "postern:ranges": "" };

const file = name => new URL(name, import.meta.url).href;

// Fetches a value once for all elements; after a failure the next caller tries again.
const once = make => {
  let made;
  return () =>
    (made ??= make().catch(error => {
      made = undefined;
      throw error;
    }));
};
const start = once(() => init({ module_or_path: file("postern:wasm") }));
const style = once(async () => {
  const response = await fetch(file("postern:style"));
  if (!response.ok) throw new Error(`postern: ${response.status} for ${response.url}`);
  return response.text();
});

// The tenant's colours, for its own elements only, from the service with this API. Empty if the
// tenant has none; null if the tenant does not exist; nothing if the service is unreachable.
const coloursOf = async (tenant, api) => {
  if (!tenant) return "";
  return fetch(`${api}/../../embed/themes/${encodeURIComponent(tenant)}.css`, { signal: AbortSignal.timeout?.(10_000) }).then(
    response => (response.ok ? response.text() : response.status === 404 ? null : ""),
    () => {},
  );
};

// The person's own font size, whatever size the page gives its root. If the browser cannot report
// it, the style sets 16px.
let unit = "";
try {
  CSS.registerProperty({ name: "--postern-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
  unit = "@layer postern{postern-reset{--postern-rem:1em!important}}";
} catch {}

// Browsers do not start a worker with a script of another origin. The same code then does the work
// here, and pauses for the browser each time.
window.posternWorker = script =>
  new URL(script, location).origin === location.origin
    ? undefined
    : {
        async postMessage(challenge) {
          const { solve } = await import("postern:solve");
          this.onmessage({ data: await solve(challenge) });
        },
        terminate() {},
      };

export class Resident {
  // The name of the step that the wizard shows; null if it shows none.
  step = null;

  #host;
  #name;
  // The name of the attempt in the tab's storage.
  #kept;
  #place;
  #sheets = new Set();
  #mounted;
  #language;
  // The problem that the portal has to receive.
  #problem;
  // The purpose of the attempt (password or unlock), and whether the portal's purpose was chosen.
  #purpose = null;
  #hasChosen = false;
  #last = Promise.resolve();
  #watcher = new MutationObserver(() => this.#look());
  #unwatch = () => {};
  // Fetches the organisation's picture for the current scheme.
  #lookAtLogo;

  constructor(host) {
    this.#host = host;
  }

  // Enters or leaves, as the element does.
  settle(name) {
    return this.#next(() => {
      if (!this.#host.isConnected) return this.#leave();
      this.#name = name;
      return this.#enter();
    });
  }

  reset() {
    return this.#next(() => this.#begin());
  }

  cancel() {
    return this.#next(async () => {
      const [id, token] = this.#credentials()?.split(" ") ?? [];
      if (token) {
        const headers = { Authorization: `Bearer ${token}`, "Idempotency-Key": `"${crypto.randomUUID()}"` };
        // The element does not wait for the answer: an attempt that is not cancelled ends after 15
        // minutes.
        fetch(`${this.#api()}/attempts/${id}`, { method: "DELETE", headers, keepalive: true }).catch(() => {});
      }
      await this.#begin();
      this.#tell("cancel", { by: "page" });
    });
  }

  // Changes the language to the one that this tag means, such as `nl` for `nl-BE`. The person's own
  // choice takes precedence.
  speak(tag) {
    if (chosen()) return;
    this.#language = undefined;
    const choice = this.#place?.querySelector(".postern-language select");
    const found = choice && lookup(tag, RANGES);
    if (!found) return;
    choice.value = found;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    // The page made this choice, not the person.
    forgetChosen();
  }

  // Chooses readable colours for the element's background: see ground.js.
  stand() {
    const host = this.#host;
    const place = this.#place;
    if (!place) return;
    settleOn(host, place, this.#isFramed() ? host.getAttribute("ground") : groundOf(host, place), host.theme);
    this.#lookAtLogo?.();
  }

  // For an element in a frame, the page around the frame reports the background.
  #isFramed() {
    return "postern" in this.#host.dataset;
  }

  // Runs the actions one after the other, even if the element moves in the meantime.
  #next(act) {
    this.#last = this.#last.then(act).catch(error => {
      console.error(error);
      this.#tell("error", { reason: "unavailable" });
    });
    return this.#last;
  }

  async #enter() {
    const host = this.#host;
    // The element was moved, and is back in the page.
    if (this.#mounted) {
      this.#dress();
      return this.#watch();
    }
    const { tenant } = host;
    // One origin can have the elements of several organisations: none continues another's attempt.
    this.#kept = tenant ? `${this.#name}@${tenant}` : this.#name;
    const api = this.#api();
    const [sheet, colours, known] = await Promise.all([
      style(),
      coloursOf(tenant, api),
      tenantOf(api, tenant).then(async known => {
        // The element reserves the place of the picture before the wizard loads. The picture
        // appears when it has loaded.
        this.#lookAtLogo = known?.logo_url && (await import("postern:logo").then(module => module.default(known, api, host, tenant, rule => this.#dress(rule))).catch(() => {}));
        return known;
      }),
      start(),
    ]);
    // An answer about the tenant shows that the service is reachable. Without a tenant, this script
    // itself shows it, because the service delivered it.
    if (tenant ? !known?.name || colours === null : host.hasAttribute("api")) {
      await (await import("postern:why")).default(api, tenant, known, colours);
    }
    if (!host.isConnected) return;
    // A shadow root has only constructed styles.
    const isShadowed = host.shadow && own.adoptedStyleSheets;
    this.#place ??= isShadowed ? host.attachShadow({ mode: "open" }).appendChild(own.createElement("div")) : host;
    this.#dress(sheet, unit, colours);
    this.#watch();
    // The wizard copies the text of the first field that it finds.
    const typed = Object.assign(own.createElement("input"), { hidden: true, value: host.identifier });
    if (host.identifier) this.#place.prepend(typed);
    try {
      this.#mounted = await mount(this.#place, {
        api,
        assets: file("../"),
        language: this.#language ?? (chosen() || host.locale || undefined),
        tenantName: known?.name,
        helpUrl: known?.help_url,
        name: this.#name,
        tenant: tenant || undefined,
        via: this.#via(),
      });
    } finally {
      typed.remove();
    }
    this.#tell("ready", { version: host.version });
    this.#watcher.observe(this.#place, { attributeFilter: ["data-problem"], childList: true, subtree: true });
    this.#look();
  }

  // Adopts the styles: the page around the element gets those for the element, and the root around
  // the wizard gets the rest. Styles that come before the wizard wait for it.
  #dress(...sheets) {
    for (const sheet of sheets) if (sheet) this.#sheets.add(sheet);
    if (!this.#place || !this.#host.isConnected) return;
    for (const root of new Set([this.#host.getRootNode(), this.#place.getRootNode()])) {
      for (const sheet of this.#sheets) adopt(root, sheet);
    }
  }

  // From now on, adapts the element to the background behind it.
  #watch() {
    this.#unwatch();
    if (!this.#isFramed()) this.#unwatch = watchGround(this.#host, () => this.stand());
    this.stand();
  }

  #leave() {
    this.#watcher.disconnect();
    this.#unwatch();
    this.#language = this.#place?.querySelector(".postern")?.lang ?? this.#language;
    const mounted = this.#mounted;
    this.#mounted = undefined;
    this.#purpose = this.step = null;
    this.#hasChosen = false;
    mounted?.unmount();
  }

  // Returns to the first step and discards all data of the earlier attempt.
  #begin() {
    this.#leave();
    try {
      sessionStorage.removeItem(this.#key());
    } catch {}
    return this.#host.isConnected && this.#enter();
  }

  #look() {
    const place = this.#place;
    const from = this.step;
    const step = place.querySelector(".postern-step")?.dataset.step;
    // The wizard broke, or the page removed it from its element.
    if (!step) {
      this.#watcher.disconnect();
      this.step = null;
      this.#tell("error", { reason: "broken" });
      return;
    }
    const problem = place.querySelector("[data-problem]")?.dataset.problem;
    if (problem !== this.#problem) {
      this.#problem = problem;
      if (problem) this.#tell("problem", { problem });
      if (problem === "portal-not-listed") console.error(`postern: ${location.origin} is not among the portals of the organisation`);
    }
    if (step === from) return;
    this.step = step;
    this.#tell("step", { step, from });
    if (step === "password") this.#purpose = "reset";
    if (step === "unlock") this.#purpose = "unlock";
    if (step === "purpose") this.#choose();
    if (step === "done") this.#tell("done", { purpose: this.#purpose });
    // A reloaded page shows the same refusal again; that is not a new refusal.
    const isNews = from && from !== "resuming";
    if (isNews && (step === "refused" || step === "locked")) this.#tell("refused", { step });
    if (from === "leave" && step === "identify") this.#tell("cancel", { by: "person" });
  }

  // Answers the question about the purpose for the person, once. A person who goes back to the
  // question answers it themselves.
  #choose() {
    const { purpose } = this.#host;
    const choice = [...this.#place.querySelectorAll("[type=radio]")].find(({ value }) => value === purpose);
    if (!choice || this.#hasChosen) return;
    this.#hasChosen = true;
    choice.click();
    this.#place.querySelector("[type=submit]").click();
  }

  #tell(type, detail) {
    this.#host.dispatchEvent(new CustomEvent(`postern:${type}`, { bubbles: true, composed: true, detail }));
  }

  // The origin of the person's visit, in the format of the API; the page of a frame sets `portal`.
  #via() {
    const { returnTo, portal } = this.#host;
    // An invalid address counts as no address, as does one that is not listed.
    const return_to = returnTo ? address(returnTo)?.href : undefined;
    return return_to || portal ? JSON.stringify({ return_to, portal }) : undefined;
  }

  #api() {
    const { api } = this.#host;
    const url = address(api);
    if (!url) throw new Error(`postern: api is no address of the web: ${api}`);
    return url.href.replace(/\/+$/, "");
  }

  // The storage key of this wizard for the id of its attempt and the token for it: see
  // src/session.rs.
  #key() {
    const { origin } = new URL(this.#api());
    return `postern.${this.#kept}${origin === location.origin ? "" : ` ${origin}`}`;
  }

  #credentials() {
    try {
      return sessionStorage.getItem(this.#key());
    } catch {}
  }
}
