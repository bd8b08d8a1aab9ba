// Labelled inputs, each with its explanation tied to it.
import { freshId, h } from "../core/dom.js";

/** A label above a control, a help below. */
export function field(label, control, help) {
  control.id ||= freshId("field");
  const parts = [h("label", { for: control.id }, label), control];
  if (help) {
    const id = `${control.id}-help`;
    control.setAttribute("aria-describedby", id);
    parts.push(h("p", { class: "help", id }, help));
  }
  return h("div", { class: "field" }, parts);
}

/** A line of text. */
export const textInput = (attributes = {}) => h("input", { class: "input", type: "text", autocomplete: "off", spellcheck: "false", ...attributes });

/** Several lines. */
export const textArea = (attributes = {}) => h("textarea", { class: "input", rows: 4, "--rows": attributes.rows ?? 4, ...attributes });

/** One of several; options are texts or [value, title]. */
export function select(options, value, attributes = {}) {
  const list = options.map((option) => (Array.isArray(option) ? option : [option, option]));
  const control = h("select", { class: "input", ...attributes }, list.map(([key, title]) => h("option", { value: key }, title)));
  if (value !== undefined && list.some(([key]) => key === value)) {
    control.value = value;
  }
  return control;
}

/** A box to tick, with its label. */
export function check(label, { checked = false, onchange, help } = {}) {
  const input = h("input", { type: "checkbox", checked, onchange });
  const element = h("label", { class: "check" }, input, h("span", {}, label, help && h("span", { class: "help" }, h("br"), help)));
  return { element, input };
}

/** Small alternatives side by side: radio buttons. */
export function choices(legend, options, value, onchange) {
  const name = freshId("choice");
  const items = options.map(([key, title]) =>
    h("label", {}, h("input", { type: "radio", name, value: key, checked: key === value, onchange: () => onchange(key) }), title));
  return h("fieldset", { class: "field" }, h("legend", { class: "unseen" }, legend), h("div", { class: "choices" }, items));
}
