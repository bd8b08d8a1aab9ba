// Links between parts of a page.
import { h } from "../core/dom.js";

/** Items: {title, href, current}; a remark may stand behind them. */
export function tabs(label, items, remark) {
  return h("nav", { class: "tabs", "aria-label": label },
    items.map((item) => h("a", { href: item.href, "aria-current": item.current ? "page" : undefined }, item.title)),
    remark && h("span", {}, remark));
}
