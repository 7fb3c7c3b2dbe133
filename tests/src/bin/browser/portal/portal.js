// A portal that puts two wizards into its own page, and takes the first away again when it is told to.
// The handles stay with the page: without them the wizards would be taken down as garbage.
import init, { mount } from "./WIZARD_SCRIPT";

await init({ module_or_path: "./WIZARD_WASM" });
const put = name => mount(document.getElementById(name), { language: "en", name });
document.wizards = { one: await put("one"), two: await put("two") };
document.addEventListener("remove-one", () => document.wizards.one.unmount());
document.body.dataset.ready = "";
