// <postern-reset> in JSX: `import type {} from "…/react"` once. React 19 sets its properties, and hears its events by `onpostern:step` and the like.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { PosternEventMap, PosternResetAttributes, PosternResetElement } from "./postern.js";

type Listeners = {
  [Name in keyof PosternEventMap as `on${Name}`]?: (event: PosternEventMap[Name]) => void;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "postern-reset": DetailedHTMLProps<HTMLAttributes<PosternResetElement>, PosternResetElement> &
        PosternResetAttributes &
        Listeners;
    }
  }
}
