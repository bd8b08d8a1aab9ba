// Other names of a model.
import { put, remove, segment } from "../core/api.js";
import { h } from "../core/dom.js";
import { textInput } from "../widget/field.js";
import { toast } from "../widget/toast.js";

/** The names, each with a button that takes it away, and a line for a new one. */
export function aliasForm(model, refresh) {
  const name = textInput({ required: true, placeholder: "another-name", "aria-label": "New alias", "data-key": "alias-name" });
  const change = async (work, said) => {
    try {
      await work();
      toast(said);
    } catch (failed) {
      toast(failed.message);
    }
    await refresh();
  };
  const submit = (event) => {
    event.preventDefault();
    const alias = name.value.trim();
    change(() => put(`admin/aliases/${segment(alias)}`, { model: model.id }), `${alias} means ${model.id}`);
  };
  const drop = (alias) => change(() => remove(`admin/aliases/${segment(alias)}`), `${alias} is no name any more`);
  return h("div", { class: "stack" },
    h("div", { class: "row" }, (model.aliases ?? []).length === 0 && h("span", { class: "soft" }, "No other names."), (model.aliases ?? []).map((alias) =>
      h("span", { class: "badge" }, h("span", { class: "break" }, alias), h("button", { class: "button small quiet", type: "button", "aria-label": `Remove alias ${alias}`, onclick: () => drop(alias) }, "×")))),
    h("form", { class: "row", onsubmit: submit }, h("div", { class: "grow" }, name), h("button", { class: "button", type: "submit" }, "Add alias")));
}
