// A row's features in, a prediction out, with what each feature adds to it.
import { announce } from "../core/announce.js";
import { get, post, segment } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { seconds } from "../core/format.js";
import { codeBlock } from "../widget/code.js";
import { field, textArea, textInput } from "../widget/field.js";
import { failure, loading } from "../widget/notice.js";
import { card } from "../widget/page.js";
import { table } from "../widget/table.js";
import { bench, panel, runner } from "./bench.js";

const MOST_BOXES = 40;

/** Fills the playground's body. */
export function predictPage(root, { model, task, signal }) {
  const inputs = h("div", { class: "grid" });
  const start = h("button", { class: "button main", type: "submit" }, "Predict");
  const result = h("div", { class: "stack" });
  let row = () => [];
  const draw = async () => {
    fill(inputs, loading("Reading the model"));
    try {
      row = boxes(inputs, await get(`v2/models/${segment(model.value)}`, { signal }));
    } catch (failed) {
      fill(inputs, failure(failed));
    }
  };
  const submit = runner(start, signal, async (mine, elapsed) => {
    fill(result, loading("Predicting"));
    const path = task.path.replace("{id}", segment(model.value));
    const features = row();
    const answer = await post(path, { instances: [features.values] }, { signal: mine });
    const taken = elapsed();
    const parts = await post(`${path}?kind=contributions`, { instances: [features.values] }, { signal: mine }).catch(() => null);
    fill(result, card("Prediction", h("div", { class: "stack" },
      codeBlock(JSON.stringify(answer.data[0]), { title: "data", label: "Prediction" }),
      h("p", { class: "help" }, seconds(taken)))), parts && explained(features.names, parts.data[0]));
    announce(`Prediction: ${JSON.stringify(answer.data[0])}`);
  }, (failed) => fill(result, failure(failed)));
  model.addEventListener("change", draw);
  root.append(bench(
    h("div", { class: "stack" }, h("form", { class: "card stack", onsubmit: submit }, inputs, h("div", {}, start)), result),
    [panel("Model", field("Model", model))]));
  return draw();
}

/** A box for each feature, or one for all of many; returns what reads them. */
function boxes(place, metadata) {
  const one = metadata.inputs[0];
  const isMatrix = metadata.inputs.length === 1 && one.shape.length === 2;
  const count = isMatrix ? one.shape[1] : metadata.inputs.length;
  const given = isMatrix ? one.parameters?.feature_names : metadata.inputs.map((input) => input.name);
  const names = given ?? Array.from({ length: count }, (_, i) => `Feature ${i}`);
  if (count > MOST_BOXES) {
    const all = textArea({ rows: 6, class: "input mono", value: `[${names.map(() => 0).join(", ")}]` });
    fill(place, field(`${count} features`, all, "One row as a JSON array."));
    return () => ({ names, values: JSON.parse(all.value) });
  }
  const controls = names.map(() => textInput({ value: "0" }));
  fill(place, names.map((name, i) => field(name, controls[i])));
  return () => ({ names, values: controls.map((control, i) => value(control.value.trim(), isMatrix ? one : metadata.inputs[i])) });
}

/** What a box holds, in the type that the model wants; an empty one is a missing value. */
function value(text, input) {
  if (text === "") {
    return null;
  }
  if (input.datatype === "BYTES") {
    return text;
  }
  return input.datatype === "BOOL" ? text === "true" : Number.isNaN(Number(text)) ? text : Number(text);
}

/** The largest parts first; several outputs have several, of which the first is shown. */
function explained(names, parts) {
  const rows = names.map((name, i) => ({ name, part: parts[i] })).sort((a, b) => Math.abs(b.part) - Math.abs(a.part));
  return card("What each feature adds", table("Contributions", [
    { head: "Feature", cell: (row) => row.name },
    { head: "Adds to the raw score", align: "right", cell: (row) => row.part.toFixed(4) },
  ], rows), { text: `The raw score of a usual row is ${parts[names.length].toFixed(4)}.` });
}
