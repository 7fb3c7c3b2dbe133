// A portal's page in Vue, with a template compiled by hand. Like react.jsx, it writes its events
// and moves to its page, and does what it is asked.
const { createApp, h, reactive } = Vue;
const root = document.documentElement;

const state = reactive({ shown: true, again: 0, locale: "en", order: ["one", "reset", "two"] });
const steps = [];
const heard = ({ detail }) => {
  steps.push(detail.step);
  root.dataset.steps = JSON.stringify(steps);
};

// `<postern-reset v-if="shown" :key="…" :locale="locale" :shadow="false" @postern:step="heard">`
const element = () => h("postern-reset", { key: `reset-${state.again}`, locale: state.locale, shadow: false, "onPostern:step": heard });
const row = name => (name !== "reset" ? h("p", { key: name }, name) : state.shown ? element() : null);

createApp({ render: () => h("div", { id: "list" }, state.order.map(row)) }).mount("#app");

new MutationObserver(records => {
  const gone = records.flatMap(({ removedNodes }) => [...removedNodes]);
  if (gone.some(({ localName }) => localName === "postern-reset")) root.dataset.moved = "true";
}).observe(document.getElementById("list"), { childList: true });

// `["locale", "nl"]` sets the state from which the page is drawn.
document.addEventListener("app", () => Object.assign(state, Object.fromEntries([JSON.parse(root.dataset.asked)])));
