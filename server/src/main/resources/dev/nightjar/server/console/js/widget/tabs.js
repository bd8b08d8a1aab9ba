// Links between parts of a page.
import { h } from "../core/dom.js";

/** Items: {title, href, current, note}; one with a note cannot be followed. */
export function tabs(label, items) {
  return h("nav", { class: "tabs", "aria-label": label }, items.map((item) =>
    item.note
      ? h("span", { title: item.note }, item.title, h("small", {}, item.short ?? item.note))
      : h("a", { href: item.href, "aria-current": item.current ? "page" : undefined }, item.title)));
}
