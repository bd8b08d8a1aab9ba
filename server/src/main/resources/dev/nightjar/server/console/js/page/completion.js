// A text that the model continues.
import { figures } from "../chat/figures.js";
import { Parameters } from "../chat/parameters.js";
import { run } from "../chat/run.js";
import { announce } from "../core/announce.js";
import { fill, h } from "../core/dom.js";
import { copyButton } from "../widget/copy.js";
import { field, textArea } from "../widget/field.js";
import { failure, notice } from "../widget/notice.js";
import { card } from "../widget/page.js";
import { bench, panel } from "./bench.js";

/** Fills the playground's body. */
export async function completionPage(root, { model, task, signal }) {
  const parameters = await Parameters.of(task.path);
  const prompt = textArea({ rows: 5, value: "Once upon a time" });
  const continued = h("span", { class: "made" });
  const text = h("div", { class: "plain break" }, h("span", { class: "soft" }), continued);
  const foot = h("div", { class: "turn-foot" });
  const trouble = h("div");
  const start = h("button", { class: "button main", type: "submit" }, "Continue the text");
  const stop = h("button", { class: "button", type: "button", hidden: true }, "Stop");
  const keepOn = h("button", { class: "button", type: "button", hidden: true }, "Take it as the prompt");
  const result = card("Text", h("div", { class: "stack" }, text, trouble, foot), { actions: copyButton(() => text.textContent) });
  result.hidden = true;
  let stopper = new AbortController();
  const show = (answer) => {
    continued.textContent = answer.text;
    continued.classList.toggle("caret", answer.finish === null);
    fill(foot, figures(answer));
    fill(trouble, answer.error && failure(answer.error));
  };
  const submit = async (event) => {
    event.preventDefault();
    stopper.abort();
    stopper = new AbortController();
    let body;
    try {
      body = { model: model.value, prompt: prompt.value, ...parameters.values() };
    } catch (wrong) {
      fill(trouble, notice("bad", wrong.message));
      return;
    }
    text.firstElementChild.textContent = prompt.value;
    result.hidden = false;
    stop.hidden = false;
    keepOn.hidden = true;
    announce("Writing");
    const answer = await run(task.path, body, stopper.signal, show);
    stop.hidden = true;
    keepOn.hidden = answer.text === "";
    announce(answer.error ? `Failed: ${answer.error.message}` : `The text goes on: ${answer.text.slice(0, 600)}`);
  };
  stop.addEventListener("click", () => stopper.abort());
  keepOn.addEventListener("click", () => {
    prompt.value = text.textContent;
    prompt.focus();
  });
  signal.addEventListener("abort", () => stopper.abort());
  const form = h("form", { class: "card stack", onsubmit: submit },
    field("Prompt", prompt, "Continued as it stands, without a chat template."),
    h("div", { class: "row" }, start, stop, keepOn));
  root.append(bench(h("div", { class: "stack" }, form, result), [panel("Model", field("Model", model)), panel("Parameters", parameters.element)]));
}
