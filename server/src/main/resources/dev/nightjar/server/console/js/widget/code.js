// Source code to read and copy.
import { h } from "../core/dom.js";
import { copyButton } from "./copy.js";

/** A block with a head; the text may differ from what is copied, to hide a secret on the screen. */
export function codeBlock(text, { title = "", copied = text, label = "Code" } = {}) {
  return h("div", { class: "code" },
    h("div", { class: "code-head" }, h("span", {}, title), copyButton(() => copied, { said: "Code copied" })),
    h("pre", { tabindex: 0, role: "region", "aria-label": label }, h("code", {}, text)));
}
