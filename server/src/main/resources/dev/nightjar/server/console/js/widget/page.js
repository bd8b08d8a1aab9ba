// The head of a page.
import { h } from "../core/dom.js";

/** Title, one sentence, and what can be done. The title takes the focus when a page opens. */
export function pageHead(title, text, ...actions) {
  return h("div", { class: "page-head" },
    h("div", {}, h("h1", { tabindex: -1 }, title), text && h("p", {}, text)),
    actions.length > 0 && h("div", { class: "row" }, actions));
}

/** A card with a title. */
export function card(title, content, { actions, flush = false, text } = {}) {
  return h("section", { class: flush ? "card flush" : "card" },
    h("div", { class: "card-head" },
      h("div", {}, h("h2", {}, title), text && h("p", { class: "help" }, text)),
      actions && h("div", { class: "row" }, actions)),
    content);
}

/** Figures with names. */
export function tiles(pairs) {
  return h("dl", { class: "tiles" }, pairs.map(([name, value, style]) =>
    h("div", { class: "tile" }, h("dt", {}, name), h("dd", { class: style }, value))));
}
