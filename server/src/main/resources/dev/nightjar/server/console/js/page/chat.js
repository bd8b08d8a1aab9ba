// A conversation with a model, its parameters beside it.
import { Conversation } from "../chat/conversation.js";
import { Parameters, parsed } from "../chat/parameters.js";
import { h } from "../core/dom.js";
import { field, select, textArea } from "../widget/field.js";
import { notice } from "../widget/notice.js";
import { bench, panel } from "./bench.js";

const STARTERS = ["Tell me a story about a fox.", "Hello, who are you?", "What is deep learning?"];
const TOOLS = '[\n  {"type": "function", "function": {\n    "name": "weather",\n    "description": "The weather of a city.",\n    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}\n  }}\n]';

/** Fills the playground's body. */
export async function chatPage(root, { model, task, signal }) {
  const parameters = await Parameters.of(task.path);
  const system = textArea({ rows: 3, placeholder: "You are a helpful assistant." });
  const tools = toolsPanel();
  const input = textArea({ rows: 1, placeholder: "Write a message", "aria-label": "Message", "aria-describedby": "keys" });
  const trouble = h("div");
  const send = h("button", { class: "button main", type: "submit" }, "Send");
  const stop = h("button", { class: "button", type: "button", hidden: true, onclick: () => talk.stop() }, "Stop");
  const talk = new Conversation({
    request: () => ({
      path: task.path,
      body: { model: model.value, ...parameters.values(), ...tools.values() },
      system: system.value.trim() === "" ? [] : [{ role: "system", content: system.value }],
    }),
    starters: starters((text) => submit(text)),
    onchange: (wrong) => {
      trouble.replaceChildren(wrong ? notice("bad", wrong.message) : "");
      stop.hidden = !talk.isRunning;
      send.hidden = talk.isRunning;
    },
    onedit: (text) => {
      input.value = text;
      input.focus();
    },
  });
  const submit = (text) => {
    if (text.trim() !== "" && !talk.isRunning) {
      input.value = "";
      talk.say(text);
    }
  };
  const clear = h("button", { class: "button quiet", type: "button", onclick: () => talk.clear() }, "New conversation");
  const composer = h("form", { class: "composer", onsubmit: (event) => {
    event.preventDefault();
    submit(input.value);
  } }, trouble, input, h("div", { class: "row spread" }, h("span", { class: "help", id: "keys" }, "Enter sends, Shift+Enter breaks the line, Esc stops"), h("div", { class: "row" }, clear, stop, send)));
  input.addEventListener("keydown", (event) => onKey(event, composer));
  composer.addEventListener("keydown", (event) => event.key === "Escape" && talk.stop());
  signal.addEventListener("abort", () => talk.stop());
  root.append(bench(h("section", { class: "card flush talk", "aria-label": "Chat" }, talk.element, composer), [
    panel("Model", h("div", { class: "stack" }, field("Model", model), field("System prompt", system, "How the model is to behave; stands before the conversation."))),
    panel("Parameters", parameters.element),
    panel("Tools", tools.element, { open: false }),
  ]));
}

function onKey(event, form) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
}

function starters(say) {
  return h("div", { class: "empty" },
    h("strong", {}, "Say something to the model"),
    h("p", {}, "Nothing of it is stored, neither here nor on the server."),
    h("div", { class: "starters" }, STARTERS.map((text) => h("button", { class: "button small", type: "button", onclick: () => say(text) }, text))));
}

function toolsPanel() {
  const text = textArea({ rows: 6, class: "input mono", placeholder: TOOLS, spellcheck: "false" });
  const choice = select([["auto", "The model decides"], ["required", "It must call one"], ["none", "It must not call any"]]);
  const fillIn = h("button", { class: "button small", type: "button", onclick: () => (text.value = TOOLS) }, "Fill in an example");
  return {
    element: h("div", { class: "stack" },
      field("Functions, as JSON", text, "The model may answer with a call of one of them; you write what it returns."),
      h("div", {}, fillIn),
      field("Choice", choice)),
    values: () => (text.value.trim() === "" ? {} : { tools: parsed(text.value, "The list of functions"), tool_choice: choice.value }),
  };
}
