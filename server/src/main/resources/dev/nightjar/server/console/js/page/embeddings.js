// Texts to vectors, and how similar the texts are.
import { announce } from "../core/announce.js";
import { post } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { count, seconds } from "../core/format.js";
import { copyButton } from "../widget/copy.js";
import { field, textInput } from "../widget/field.js";
import { cosine, heatmap } from "../widget/heatmap.js";
import { failure, loading } from "../widget/notice.js";
import { card, tiles } from "../widget/page.js";
import { table } from "../widget/table.js";
import { textList } from "../widget/texts.js";
import { bench, panel, runner } from "./bench.js";

const TEXTS = ["A cat sleeps on the sofa.", "The kitten is napping.", "It rains in the mountains.", "The storm brings water."];

/** Fills the playground's body. */
export function embeddingsPage(root, { model, task, signal }) {
  const texts = textList("Texts", TEXTS);
  const dimensions = textInput({ type: "number", min: 1, placeholder: "all", inputmode: "numeric" });
  const start = h("button", { class: "button main", type: "submit" }, "Make vectors");
  const result = h("div", { class: "stack" });
  const submit = runner(start, signal, async (mine, elapsed) => {
    const input = texts.values();
    fill(result, loading("Computing"));
    const body = { model: model.value, input, ...(dimensions.value ? { dimensions: dimensions.valueAsNumber } : {}) };
    const answer = await post(task.path, body, { signal: mine });
    show(result, input, answer, elapsed());
  }, (failed) => fill(result, failure(failed)));
  root.append(bench(
    h("div", { class: "stack" },
      h("form", { class: "card stack", onsubmit: submit }, texts.element, h("div", {}, start)), result),
    [
      panel("Model", h("div", { class: "stack" }, field("Model", model), field("Dimensions", dimensions, "The first so many elements of each vector, scaled to length 1 again."))),
    ]));
}

function show(result, input, answer, elapsed) {
  const vectors = answer.data.map((row) => row.embedding);
  const similarities = vectors.map((one) => vectors.map((other) => cosine(one, other)));
  const pairs = closest(input, similarities);
  fill(result,
    card("Similarity", h("div", { class: "stack" },
      heatmap(input, similarities),
      pairs.length > 0 && h("p", { class: "soft" }, "Closest: ", h("b", {}, pairs[0].one), " and ", h("b", {}, pairs[0].other), `, ${pairs[0].value.toFixed(3)}.`)), { text: "The cosine of the angle between two vectors: 1 means the same direction." }),
    card("Vectors", h("div", { class: "stack" },
      tiles([["vectors", count(vectors.length)], ["dimensions", count(vectors[0]?.length)], ["tokens", count(answer.usage?.prompt_tokens)], ["time", seconds(elapsed)]]),
      table("Vectors", [
        { head: "Text", cell: (row) => h("span", { class: "break" }, row.text) },
        { head: "First elements", cell: (row) => h("span", { class: "mono soft break" }, `${row.vector.slice(0, 4).map((value) => value.toFixed(3)).join(", ")}, …`) },
        { head: "Copy", actions: true, cell: (row) => copyButton(() => JSON.stringify(row.vector), { said: "Vector copied" }) },
      ], input.map((text, i) => ({ text, vector: vectors[i] })))), { actions: copyButton(() => JSON.stringify(vectors), { label: "Copy all", said: "Vectors copied" }) }));
  announce(`${vectors.length} vectors of ${vectors[0]?.length} dimensions.${pairs.length > 0 ? ` Closest are text ${pairs[0].i + 1} and text ${pairs[0].j + 1}.` : ""}`);
}

function closest(input, similarities) {
  const pairs = [];
  input.forEach((one, i) => input.slice(i + 1).forEach((other, k) => pairs.push({ one, other, i, j: i + 1 + k, value: similarities[i][i + 1 + k] })));
  return pairs.sort((a, b) => b.value - a.value);
}
