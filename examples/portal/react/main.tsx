// The same page in React: the element is one like any other, and its events are heard on a ref.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Account } from "./account.tsx";

createRoot(document.querySelector("#content")!).render(
  <StrictMode>
    <Account />
  </StrictMode>,
);
