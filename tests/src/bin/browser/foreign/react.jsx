// A portal's page in React. Like vue.js, it writes its events and moves to its page, and does what
// it is asked.
import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

const root = document.documentElement;

const steps = [];
const heard = ({ detail }) => {
  steps.push(detail.step);
  root.dataset.steps = JSON.stringify(steps);
};

const Reset = ({ locale }) => {
  const element = useRef(null);
  useEffect(() => {
    const { current } = element;
    const ready = () => (root.dataset.ready = String(Number(root.dataset.ready ?? 0) + 1));
    current.addEventListener("postern:ready", ready);
    return () => current.removeEventListener("postern:ready", ready);
  }, []);
  return <postern-reset ref={element} locale={locale} shadow={location.search === "?shadow"} onpostern:step={heard} />;
};

const Page = () => {
  const list = useRef(null);
  const [state, setState] = useState({ shown: true, again: 0, locale: "en", order: ["one", "reset", "two"] });
  useEffect(() => {
    // `["locale", "nl"]` sets the state from which the page is drawn.
    const asked = () => setState(before => ({ ...before, ...Object.fromEntries([JSON.parse(root.dataset.asked)]) }));
    document.addEventListener("app", asked);
    const moves = new MutationObserver(records => {
      const gone = records.flatMap(({ removedNodes }) => [...removedNodes]);
      if (gone.some(({ localName }) => localName === "postern-reset")) root.dataset.moved = "true";
    });
    moves.observe(list.current, { childList: true });
    return () => {
      document.removeEventListener("app", asked);
      moves.disconnect();
    };
  }, []);
  const row = name => {
    if (name !== "reset") return <p key={name}>{name}</p>;
    return state.shown && <Reset key={`reset-${state.again}`} locale={state.locale} />;
  };
  return (
    <div ref={list} id="list">
      {state.order.map(row)}
    </div>
  );
};

createRoot(document.getElementById("app")).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
