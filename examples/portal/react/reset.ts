// The state and the methods of a `<postern-reset>`, as a hook.

import { useCallback, useEffect, useRef, useState } from "react";
import type { PosternEventMap, PosternResetElement, PosternStep } from "@postern/reset";

// The text of each event. No detail contains personal data, so the portal may show and log all of
// it.
const LINES: { [Name in keyof PosternEventMap]: (detail: PosternEventMap[Name]["detail"]) => string } = {
  "postern:ready": ({ version }) => `ready: ${version}`,
  "postern:step": ({ step, from }) => (from ? `step: ${step}, from ${from}` : `step: ${step}`),
  "postern:problem": ({ problem }) => `problem: ${problem}`,
  "postern:done": ({ purpose }) => `done: ${purpose}`,
  "postern:refused": ({ step }) => `refused: ${step}`,
  "postern:error": ({ reason }) => `error: ${reason}`,
  "postern:cancel": ({ by }) => `cancel: by ${by}`,
};

export const useReset = () => {
  const ref = useRef<PosternResetElement>(null);
  const [step, setStep] = useState<PosternStep | null>(null);
  const [heard, setHeard] = useState<readonly string[]>([]);
  const [isMissing, setMissing] = useState(false);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const hear = <Name extends keyof PosternEventMap>(name: Name) => {
      const listener = ({ detail }: PosternEventMap[Name]) => {
        setHeard(lines => [...lines, LINES[name](detail)]);
        setStep(element.step);
        if (name === "postern:error") setMissing(true);
        if (name === "postern:ready") setMissing(false);
      };
      element.addEventListener(name, listener as EventListener);
      return () => element.removeEventListener(name, listener as EventListener);
    };
    const deaf = (Object.keys(LINES) as (keyof PosternEventMap)[]).map(hear);
    return () => {
      for (const stop of deaf) stop();
    };
  }, []);

  /** Ends the attempt, also at the service. */
  const cancel = useCallback(() => {
    void ref.current?.cancel();
  }, []);

  return { ref, step, heard, isMissing, cancel };
};
