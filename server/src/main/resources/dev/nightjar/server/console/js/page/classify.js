// A text's labels and how sure the model is of each.
import { announce } from "../core/announce.js";
import { post, segment } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { seconds } from "../core/format.js";
import { field, textArea } from "../widget/field.js";
import { scores } from "../widget/meter.js";
import { failure, loading } from "../widget/notice.js";
import { card } from "../widget/page.js";
import { bench, panel, runner } from "./bench.js";

/** Fills the playground's body. */
export function classifyPage(root, { model, task, signal }) {
  const text = textArea({ rows: 3, value: "this is good!" });
  const start = h("button", { class: "button main", type: "submit" }, "Classify");
  const result = h("div", { class: "stack" });
  const submit = runner(start, signal, async (mine, elapsed) => {
    fill(result, loading("Reading"));
    const path = task.path.replace("{id}", segment(model.value));
    const answer = await post(path, { inputs: text.value }, { signal: mine });
    const labels = answer.classification.map((row) => ({ text: row.label, score: row.score }));
    fill(result, card("Labels", h("div", {}, scores(labels), h("p", { class: "help" }, `${labels.length} labels, ${seconds(elapsed())}`))));
    announce(`Most likely: ${labels[0]?.text}, ${labels[0]?.score.toFixed(2)}`);
  }, (failed) => fill(result, failure(failed)));
  root.append(bench(
    h("div", { class: "stack" }, h("form", { class: "card stack", onsubmit: submit }, field("Text", text), h("div", {}, start)), result),
    [panel("Model", field("Model", model))]));
}
