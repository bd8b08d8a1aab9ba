// Any call that the server serves and the console has no page of its own for: JSON in, answer out.
import { send, segment } from "../core/api.js";
import { parsed } from "../chat/parameters.js";
import { example } from "../core/description.js";
import { fill, h } from "../core/dom.js";
import { seconds } from "../core/format.js";
import { codeBlock } from "../widget/code.js";
import { field, textArea } from "../widget/field.js";
import { failure, loading } from "../widget/notice.js";
import { card } from "../widget/page.js";
import { bench, panel, runner } from "./bench.js";

/** Fills the playground's body. */
export async function requestPage(root, { model, task, signal }) {
  const body = textArea({ rows: 8, class: "input mono", spellcheck: "false", value: JSON.stringify(await example("post", task.path, model.value), null, 2) });
  const start = h("button", { class: "button main", type: "submit" }, "Send");
  const result = h("div", { class: "stack" });
  const submit = runner(start, signal, async (mine, elapsed) => {
    const json = parsed(body.value, "The body");
    fill(result, loading("Waiting"));
    const response = await send("POST", task.path.replace("{id}", segment(model.value)), { body: json, signal: mine });
    fill(result, card("Answer", h("div", { class: "stack" }, await shown(response), h("p", { class: "help" }, seconds(elapsed())))));
  }, (failed) => fill(result, failure(failed)));
  root.append(bench(
    h("div", { class: "stack" }, h("form", { class: "card stack", onsubmit: submit }, field("Body", body, `POST ${task.path}`), h("div", {}, start)), result),
    [panel("Model", field("Model", model))]));
}

/** JSON in lines; of long texts in it, as images and speech are, the beginning. */
async function shown(response) {
  const text = await response.text();
  try {
    const shorten = (_, value) => (typeof value === "string" && value.length > 400 ? `${value.slice(0, 100)}… (${value.length} characters)` : value);
    return codeBlock(JSON.stringify(JSON.parse(text), shorten, 2), { title: "JSON", copied: text, label: "Answer" });
  } catch {
    return codeBlock(text.slice(0, 20000), { title: response.headers.get("content-type") ?? "text", copied: text, label: "Answer" });
  }
}
