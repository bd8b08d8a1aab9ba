// Code for any model.
import { fill, h } from "../core/dom.js";
import { served } from "../core/models.js";
import { go, link } from "../core/router.js";
import { snippetPanel } from "../snippets/panel.js";
import { field, select } from "../widget/field.js";
import { empty } from "../widget/notice.js";
import { card, pageHead } from "../widget/page.js";

/** #/code/{model} */
export async function codePage(root, [wanted], signal) {
  const models = await served(signal);
  const head = pageHead("Code", "A call of a model as source code, ready to paste and run.");
  if (models.length === 0) {
    fill(root, head, empty("No models", "There is nothing to call: no model is loaded, or your token may use none."));
    return;
  }
  const chosen = models.find((one) => one.id === wanted) ?? models[0];
  const picker = select(models.map((one) => one.id), chosen.id, { onchange: (event) => go("code", event.target.value) });
  const panel = await snippetPanel({ model: chosen.id, taskWord: chosen.task, signal });
  fill(root, head, card("Inference code", h("div", { class: "stack" }, field("Model", picker), panel.element), {
    actions: h("a", { class: "button", href: link("models", chosen.id, "settings") }, "Access tokens of this model"),
  }));
}
