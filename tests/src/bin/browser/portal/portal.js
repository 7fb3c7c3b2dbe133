// A portal that puts two wizards into its own page, and removes the first when the test asks for
// it.
import init, { mount } from "./WIZARD_SCRIPT";

await init({ module_or_path: "./WIZARD_WASM" });
const put = name => mount(document.getElementById(name), { language: "en", name });
document.wizards = { one: await put("one"), two: await put("two") };
document.addEventListener("remove-one", () => document.wizards.one.unmount());
// A browser may collect a handle that the page does not keep at any moment.
document.addEventListener("free-two", () => document.wizards.two.free());
document.body.dataset.ready = "";
