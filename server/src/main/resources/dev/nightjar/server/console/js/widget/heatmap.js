// How similar texts are to each other, as a coloured table.
import { h } from "../core/dom.js";

/** Cosine of the angle between two vectors. */
export function cosine(a, b) {
  let dot = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    lengthA += a[i] * a[i];
    lengthB += b[i] * b[i];
  }
  return dot / Math.sqrt(lengthA * lengthB);
}

/** A table with a row and a column per text; figures stand in the cells, so colour is not needed. */
export function heatmap(labels, values) {
  const others = values.flatMap((row, i) => row.filter((_, j) => i !== j));
  const least = Math.min(...others, 0);
  const most = Math.max(...others, 0.0001);
  const heat = (value) => Math.min(1, Math.max(0, (value - least) / (most - least)));
  return h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Similarity of the texts" },
    h("table", { class: "heat" },
      h("caption", { class: "unseen" }, "Cosine similarity of each pair of texts"),
      h("thead", {}, h("tr", {}, h("td", {}), labels.map((label, j) => h("th", { scope: "col", title: label }, j + 1)))),
      h("tbody", {}, labels.map((label, i) =>
        h("tr", {}, h("th", { scope: "row", title: label }, `${i + 1} ${label}`),
          values[i].map((value, j) => h("td", { class: i === j ? "same" : undefined, "--heat": i === j ? 0 : heat(value).toFixed(3), title: `${label} · ${labels[j]}` }, i === j ? "·" : value.toFixed(2))))))));
}
