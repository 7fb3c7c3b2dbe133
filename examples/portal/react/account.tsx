import type {} from "@postern/reset/react";
import { useSyncExternalStore } from "react";
import { listen, settings } from "../src/settings.ts";
import { say } from "../src/words.ts";
import { useReset } from "./reset.ts";

/** The page around the wizard, with the events that it gets from the wizard. */
export const Account = () => {
  const { language, theme } = useSyncExternalStore(listen, settings);
  const { ref, step, heard, isMissing, cancel } = useReset();
  const isUnderWay = step !== null && !["identify", "done", "refused", "locked", "ended"].includes(step);
  return (
    <>
      <section className="beside">
        <h1>{say(language, "title")}</h1>
        <p>{say(language, "intro")}</p>
        {isMissing ? <p role="alert">{say(language, "missing")}</p> : null}
      </section>
      <postern-reset ref={ref} data-react="" tenant="contoso.example" locale={language} theme={theme} />
      <section className="below">
        <button type="button" className="button" disabled={!isUnderWay} onClick={cancel}>
          {say(language, "stop")}
        </button>
        <h2>{say(language, "heard")}</h2>
        <ol className="heard" lang="en" dir="ltr">
          {heard.map((line, number) => (
            <li key={number}>{line}</li>
          ))}
        </ol>
      </section>
    </>
  );
};
