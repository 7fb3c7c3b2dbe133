// <postern-reset> in Vue's templates: write `import type {} from "@postern/reset/vue"` once, and
// configure the compiler to treat the tag as an element.

import type { EmitFn, HTMLAttributes } from "vue";
import type { PosternEventMap, PosternResetAttributes, PosternResetElement } from "./postern.js";

/** The events that a template listens to, such as `@postern:step`. */
type Listeners = {
  [Name in keyof PosternEventMap as `on${Capitalize<Name>}`]?: (event: PosternEventMap[Name]) => void;
};

type Emit = EmitFn<{ [Name in keyof PosternEventMap]: (event: PosternEventMap[Name]) => void }>;

declare module "vue" {
  interface GlobalComponents {
    "postern-reset": new () => PosternResetElement & {
      /** Vue reads only these properties. */
      $props: HTMLAttributes & PosternResetAttributes & Listeners;
      $emit: Emit;
    };
  }
}
