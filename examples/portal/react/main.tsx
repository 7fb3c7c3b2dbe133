// The same page in React. The wizard is an ordinary element, and a ref listens to its events.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Account } from "./account.tsx";

createRoot(document.querySelector("#content")!).render(
  <StrictMode>
    <Account />
  </StrictMode>,
);
