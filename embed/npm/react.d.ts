// <postern-reset> in JSX: `import type {} from "…/react"` once. React 19 sets its properties; its events are heard with `addEventListener`.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { PosternResetAttributes, PosternResetElement } from "./postern.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "postern-reset": DetailedHTMLProps<HTMLAttributes<PosternResetElement>, PosternResetElement> & PosternResetAttributes;
    }
  }
}
