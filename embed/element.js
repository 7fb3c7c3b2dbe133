// The wizard in <postern-reset>: how it comes into the element, leaves it, and what the portal
// hears of it. The portal hears of steps by what the wizard draws, so that no detail of an event
// can hold what was typed or sent.

import init, { mount } from "postern:script";
import { own } from "../src/document.js";
import { address } from "./address.js";
import { chosen, forgetChosen } from "./chosen.js";
import { groundOf, settleOn, watchGround } from "./ground.js";
import { adopt } from "./sheets.js";
import { tenantOf } from "./tenant.js";

const file = name => new URL(name, import.meta.url).href;

// What is fetched once for all elements; after a failure it may be tried again.
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

// The tenant's colours, which are for its own elements alone, from the service whose API that is:
// empty where it has none, null where there is no such tenant, nothing where the service is out of
// reach.
const coloursOf = async (tenant, api) => {
  if (!tenant) return "";
  return fetch(`${api}/../../embed/themes/${encodeURIComponent(tenant)}.css`, { signal: AbortSignal.timeout?.(10_000) }).then(
    response => (response.ok ? response.text() : response.status === 404 ? null : ""),
    () => {},
  );
};

// The size of the person's own letters, whatever the page makes of its root; where that cannot be
// told, the style says 16px.
let unit = "";
try {
  CSS.registerProperty({ name: "--postern-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
  unit = "@layer postern{postern-reset{--postern-rem:1em!important}}";
} catch {}

// Browsers start no worker with a script of another origin: its work is done here, by the same
// code, and waits for the browser each time.
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
  // The name of the step that the wizard shows; null while it shows none.
  step = null;

  #host;
  #name;
  #place;
  #sheets = new Set();
  #mounted;
  #language;
  // What is wrong that the portal is to hear of.
  #problem;
  // What the password or the unlocking was for, and whether the portal's purpose was chosen.
  #purpose = null;
  #hasChosen = false;
  #last = Promise.resolve();
  #watcher = new MutationObserver(() => this.#look());
  #unwatch = () => {};
  // Fetches the organisation's picture for the scheme that there is.
  #lookAtLogo;

  constructor(host) {
    this.#host = host;
  }

  // Comes or goes, as the element has.
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
        // The element does not wait for the answer: an attempt that is not cancelled is over after
        // its 15 minutes.
        fetch(`${this.#api()}/attempts/${id}`, { method: "DELETE", headers, keepalive: true }).catch(() => {});
      }
      await this.#begin();
      this.#tell("cancel", { by: "page" });
    });
  }

  // Changes the language to that one, or to what it is a form of: `nl` for `nl-BE`. What the person
  // has chosen stays.
  speak(tag) {
    if (chosen()) return;
    this.#language = undefined;
    const choice = this.#place?.querySelector(".postern-language select");
    if (!choice) return;
    for (let range = tag ?? ""; range; range = range.replace(/-?[^-]*$/, "")) {
      const found = [...choice.options].find(({ value }) => value.toLowerCase() === range.toLowerCase());
      if (!found) continue;
      choice.value = found.value;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      // That was the page's choice, and not the person's.
      return forgetChosen();
    }
  }

  // Is read where it stands: see ground.js.
  stand() {
    const host = this.#host;
    const place = this.#place;
    if (!place) return;
    settleOn(host, place, this.#isFramed() ? host.getAttribute("ground") : groundOf(host, place), host.theme);
    this.#lookAtLogo?.();
  }

  // What is behind a frame is told by the page around it.
  #isFramed() {
    return "postern" in this.#host.dataset;
  }

  // One after the other, whatever the element goes through meanwhile.
  #next(act) {
    this.#last = this.#last.then(act).catch(error => {
      console.error(error);
      this.#tell("error", { reason: "unavailable" });
    });
    return this.#last;
  }

  async #enter() {
    const host = this.#host;
    // It was moved, and is where it was.
    if (this.#mounted) {
      this.#dress();
      return this.#watch();
    }
    const { tenant } = host;
    const api = this.#api();
    const [sheet, colours, known] = await Promise.all([
      style(),
      coloursOf(tenant, api),
      tenantOf(api, tenant).then(async known => {
        // Its place is kept before the wizard is there, and the picture comes when it comes.
        this.#lookAtLogo = known?.logo_url && (await import("postern:logo").then(module => module.default(known, api, host, tenant, rule => this.#dress(rule))).catch(() => {}));
        return known;
      }),
      start(),
    ]);
    // What the service says of the tenant shows that it is there; without a tenant, that it has
    // brought this script.
    if (tenant ? !known?.name || colours === null : host.hasAttribute("api")) {
      await (await import("postern:why")).default(api, tenant, known, colours);
    }
    if (!host.isConnected) return;
    // A shadow root has no styles but constructed ones.
    const isShadowed = host.shadow && own.adoptedStyleSheets;
    this.#place ??= isShadowed ? host.attachShadow({ mode: "open" }).appendChild(own.createElement("div")) : host;
    this.#dress(sheet, unit, colours);
    this.#watch();
    // The wizard takes over what stands in the first field that it finds.
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

  // The page around the element has what is said of it, and the root around the wizard the rest.
  // What comes before there is a wizard waits for it.
  #dress(...sheets) {
    for (const sheet of sheets) if (sheet) this.#sheets.add(sheet);
    if (!this.#place || !this.#host.isConnected) return;
    for (const root of new Set([this.#host.getRootNode(), this.#place.getRootNode()])) {
      for (const sheet of this.#sheets) adopt(root, sheet);
    }
  }

  // Is read on what is behind it from now on.
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

  // From the first step again, with nothing of what was.
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
    // The wizard broke, or the page took it out of its element.
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
    // A page that is loaded again shows it again, and that is no other refusal.
    const isNews = from && from !== "resuming";
    if (isNews && (step === "refused" || step === "locked")) this.#tell("refused", { step });
    if (from === "leave" && step === "identify") this.#tell("cancel", { by: "person" });
  }

  // Answers the question of the purpose for the person, once. A person who goes back to the
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

  // Where the person comes from, as the API takes it; `portal` is said by the page of a frame.
  #via() {
    const { returnTo, portal } = this.#host;
    // What is no address counts for nothing, as one that is not listed does.
    const return_to = returnTo ? address(returnTo)?.href : undefined;
    return return_to || portal ? JSON.stringify({ return_to, portal }) : undefined;
  }

  #api() {
    const { api } = this.#host;
    const url = address(api);
    if (!url) throw new Error(`postern: api is no address of the web: ${api}`);
    return url.href.replace(/\/+$/, "");
  }

  // Where the wizard of this name keeps the id of its attempt and the token for it: see
  // src/session.rs.
  #key() {
    const { origin } = new URL(this.#api());
    return `postern.${this.#name}${origin === location.origin ? "" : ` ${origin}`}`;
  }

  #credentials() {
    try {
      return sessionStorage.getItem(this.#key());
    } catch {}
  }
}
