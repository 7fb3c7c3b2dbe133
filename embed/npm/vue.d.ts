// <postern-reset> in Vue's templates: write `import type {} from "@postern/reset/vue"` once, and
// configure the compiler to treat the tag as an element.

import type { EmitFn, HTMLAttributes } from "vue";
import type { PosternEventMap, PosternResetAttributes, PosternResetElement } from "./postern.js";

/** What a template listens to: `@postern:step`. */
type Listeners = {
  [Name in keyof PosternEventMap as `on${Capitalize<Name>}`]?: (event: PosternEventMap[Name]) => void;
};

type Emit = EmitFn<{ [Name in keyof PosternEventMap]: (event: PosternEventMap[Name]) => void }>;

declare module "vue" {
  interface GlobalComponents {
    "postern-reset": new () => PosternResetElement & {
      /** Vue reads no others. */
      $props: HTMLAttributes & PosternResetAttributes & Listeners;
      $emit: Emit;
    };
  }
}
