// A turn of a conversation on the screen.
import { h, fill } from "../core/dom.js";
import { MarkdownView } from "../markdown/view.js";
import { codeBlock } from "../widget/code.js";
import { copyButton } from "../widget/copy.js";
import { field, textArea } from "../widget/field.js";
import { failure } from "../widget/notice.js";
import { figures } from "./figures.js";

/** What the user said. */
export const userTurn = (text, remove) =>
  h("article", { class: "turn user", "aria-label": "You" },
    h("div", { class: "who" }, h("strong", {}, "You")),
    h("div", { class: "said" }, text),
    h("div", { class: "turn-foot" }, h("div", { class: "row" },
      copyButton(() => text),
      h("button", { class: "button small quiet", type: "button", onclick: remove, title: "Takes this and what follows back into the box" }, "Edit"))));

/** What a tool answered. */
export const toolTurn = (name, text) =>
  h("article", { class: "turn", "aria-label": `Result of ${name}` },
    h("div", { class: "who" }, h("strong", {}, name), "tool's result"),
    h("div", { class: "tool" }, h("div", { class: "plain mono break" }, text)));

/** An answer that grows. */
export class AnswerTurn {
  constructor(model, actions) {
    this.actions = actions;
    this.markdown = new MarkdownView();
    this.thought = h("div", { class: "plain" });
    this.thinking = h("details", { class: "thought", hidden: true }, h("summary", {}, "Reasoning"), this.thought);
    this.calls = h("div", { class: "stack tight" });
    this.trouble = h("div");
    this.foot = h("div", { class: "turn-foot" });
    this.name = h("span");
    this.element = h("article", { class: "turn", "aria-label": model, "aria-busy": "true" },
      h("div", { class: "who" }, h("strong", {}, model), this.name),
      this.thinking, this.markdown.element, this.calls, this.trouble, this.foot);
  }

  /** Shows the answer as far as it is known. */
  show(answer) {
    const isOver = answer.finish !== null;
    this.markdown.show(answer.text);
    this.markdown.element.classList.toggle("caret", !isOver);
    this.thinking.hidden = answer.reasoning === "";
    this.thinking.open = !isOver && answer.text === "";
    this.thought.textContent = answer.reasoning;
    this.name.textContent = answer.version && answer.version !== this.element.getAttribute("aria-label") ? answer.version : "";
    fill(this.foot, figures(answer));
    if (isOver) {
      this.end(answer);
    } else {
      fill(this.calls, answer.calls.filter(Boolean).map((call) => callCard(call)));
    }
  }

  end(answer) {
    this.element.setAttribute("aria-busy", "false");
    fill(this.calls, answer.calls.filter(Boolean).map((call) => callCard(call, this.actions.result)));
    fill(this.trouble, answer.error && failure(answer.error));
    this.foot.append(h("div", { class: "row" },
      answer.text && copyButton(() => answer.text),
      h("button", { class: "button small quiet again", type: "button", onclick: () => this.actions.again() }, "Regenerate")));
  }

  /** Later turns stand below: nothing more can be done here. */
  freeze() {
    this.element.querySelectorAll("form, .again").forEach((part) => part.remove());
  }
}

/** A call of a tool, with a place for what the tool answers. */
function callCard(call, answerWith) {
  const pretty = prettyJson(call.function.arguments);
  const card = h("div", { class: "tool" }, h("div", { class: "row" }, h("span", { class: "badge calm" }, "tool call"), h("code", {}, call.function.name)), codeBlock(pretty, { title: "arguments", label: `Arguments of ${call.function.name}` }));
  if (answerWith) {
    const result = textArea({ rows: 2, placeholder: '{"temperature": 4}' });
    const submit = (event) => {
      event.preventDefault();
      answerWith(call, result.value);
    };
    card.append(h("form", { class: "stack tight", onsubmit: submit },
      field("Result of the call", result, "What the tool would answer; it goes back to the model."),
      h("div", {}, h("button", { class: "button small", type: "submit" }, "Send result"))));
  }
  return card;
}

function prettyJson(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // still arriving, or no JSON
  }
}
