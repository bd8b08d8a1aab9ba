// Texts by how well they suit a query.
import { announce } from "../core/announce.js";
import { post } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { count, seconds } from "../core/format.js";
import { field, textInput } from "../widget/field.js";
import { scores } from "../widget/meter.js";
import { failure, loading } from "../widget/notice.js";
import { card } from "../widget/page.js";
import { textList } from "../widget/texts.js";
import { bench, panel, runner } from "./bench.js";

const TEXTS = ["A nightjar is a bird that hunts at dusk.", "A kettle boils water.", "The dog sleeps in the garden.", "Birds build nests in spring."];

/** Fills the playground's body. */
export function rerankPage(root, { model, task, signal }) {
  const query = textInput({ value: "Which bird hunts at night?" });
  const texts = textList("Texts", TEXTS);
  const top = textInput({ type: "number", min: 1, placeholder: "all", inputmode: "numeric" });
  const start = h("button", { class: "button main", type: "submit" }, "Rank the texts");
  const result = h("div", { class: "stack" });
  const submit = runner(start, signal, async (mine, elapsed) => {
    const documents = texts.values();
    fill(result, loading("Comparing"));
    const body = { model: model.value, query: query.value, documents, ...(top.value ? { top_n: top.valueAsNumber } : {}) };
    const answer = await post(task.path, body, { signal: mine });
    const ranked = answer.results.map((row, i) => ({ lead: `${i + 1}.`, text: documents[row.index], score: row.relevance_score }));
    fill(result, card("Ranking", h("div", {}, scores(ranked),
      h("p", { class: "help" }, `${count(documents.length)} pairs, ${count(answer.usage?.total_tokens)} tokens, ${seconds(elapsed())}`)), { text: "The best first; scores reach from 0 to 1." }));
    announce(`Best: ${ranked[0]?.text}`);
  }, (failed) => fill(result, failure(failed)));
  root.append(bench(
    h("div", { class: "stack" },
      h("form", { class: "card stack", onsubmit: submit }, field("Query", query), texts.element, h("div", {}, start)), result),
    [panel("Model", h("div", { class: "stack" }, field("Model", model), field("Best only", top, "How many texts are answered.")))]));
}
