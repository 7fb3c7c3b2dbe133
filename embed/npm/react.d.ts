// <postern-reset> and <postern-frame> in JSX: write `import type {} from "…/react"` once. React 19
// sets their properties, and handles their events through attributes such as `onpostern:step`.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type {
  PosternEventMap,
  PosternFrameAttributes,
  PosternFrameElement,
  PosternResetAttributes,
  PosternResetElement,
} from "./postern.js";

type Listeners = {
  [Name in keyof PosternEventMap as `on${Name}`]?: (event: PosternEventMap[Name]) => void;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "postern-reset": DetailedHTMLProps<HTMLAttributes<PosternResetElement>, PosternResetElement> &
        PosternResetAttributes &
        Listeners;
      "postern-frame": DetailedHTMLProps<HTMLAttributes<PosternFrameElement>, PosternFrameElement> &
        PosternFrameAttributes &
        Listeners;
    }
  }
}
