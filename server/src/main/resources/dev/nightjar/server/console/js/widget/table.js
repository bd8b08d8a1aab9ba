// Tables that fold into cards where there is little room.
import { h } from "../core/dom.js";
import { empty } from "./notice.js";

/**
 * Columns: {head, cell(row), align: "right", actions: true}. The caption is for screen readers.
 * Options: `folds: false` keeps the columns on narrow screens, `none` is shown without rows.
 */
export function table(caption, columns, rows, { folds = true, none = "Nothing here yet." } = {}) {
  if (rows.length === 0) {
    return typeof none === "string" ? empty(none) : none;
  }
  return h("div", { class: "wide" },
    h("table", { class: folds ? "table folds" : "table" },
      h("caption", { class: "unseen" }, caption),
      h("thead", {}, h("tr", {}, columns.map(head))),
      h("tbody", {}, rows.map((row) => h("tr", {}, columns.map((column) => cell(column, row)))))));
}

function head(column) {
  const style = column.align === "right" || column.actions ? "right" : undefined;
  return h("th", { scope: "col", class: style }, column.actions ? h("span", { class: "unseen" }, column.head) : column.head);
}

function cell(column, row) {
  const style = column.actions ? "actions" : column.align;
  const content = column.cell(row);
  return h("td", { class: style, "data-label": column.head }, column.actions ? h("div", { class: "row" }, content) : h("div", {}, content));
}
