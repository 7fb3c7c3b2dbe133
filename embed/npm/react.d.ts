// <postern-reset> and <postern-frame> in JSX: `import type {} from "…/react"` once. React 19 sets their properties; their events are heard with `addEventListener`.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { PosternFrameAttributes, PosternFrameElement, PosternResetAttributes, PosternResetElement } from "./postern.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "postern-reset": DetailedHTMLProps<HTMLAttributes<PosternResetElement>, PosternResetElement> & PosternResetAttributes;
      "postern-frame": DetailedHTMLProps<HTMLAttributes<PosternFrameElement>, PosternFrameElement> & PosternFrameAttributes;
    }
  }
}
