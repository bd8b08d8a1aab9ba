// The parameters of a generation. Ranges and explanations come from the server's description, so
// they are those that it really checks; what nobody touched is not sent, and the server's default holds.
import { members } from "../core/description.js";
import { h } from "../core/dom.js";
import { field, select, textArea, textInput } from "../widget/field.js";

const SLIDERS = [["temperature", "Temperature", 0.05, 1], ["top_p", "Top-p", 0.01, 1], ["min_p", "Min-p", 0.01, 0], ["presence_penalty", "Presence penalty", 0.1, 0], ["frequency_penalty", "Frequency penalty", 0.1, 0]];
const NUMBERS = [["max_completion_tokens", "Longest answer, tokens"], ["max_tokens", "Longest answer, tokens"], ["top_k", "Top-k"], ["seed", "Seed"]];

/** Controls for a call; `values()` holds what was set, and throws what cannot be read. */
export class Parameters {
  constructor(readers, element) {
    this.readers = readers;
    this.element = element;
  }

  /** Builds those that the call has. */
  static async of(path, { withForms = true } = {}) {
    const known = await members("post", path);
    const readers = [];
    const parts = [
      ...NUMBERS.slice(0, 2).filter(([name]) => known[name]).slice(0, 1).map((one) => number(one, known, readers)),
      ...SLIDERS.filter(([name]) => known[name]).map((one) => slider(one, known, readers)),
      ...NUMBERS.slice(2).filter(([name]) => known[name]).map((one) => number(one, known, readers)),
      known.stop && stop(known, readers),
      known.reasoning_effort && effort(known, readers),
      withForms && known.response_format && form(readers),
    ];
    return new Parameters(readers, h("div", { class: "stack" }, parts.filter(Boolean)));
  }

  values() {
    return Object.assign({}, ...this.readers.map((read) => read()));
  }
}

function slider([name, title, step, usual], known, readers) {
  const { minimum = 0, maximum = 1, description } = known[name];
  const range = h("input", { type: "range", min: minimum, max: maximum, step, value: usual, "aria-label": `${title}, slider`, tabindex: -1 });
  const input = h("input", { class: "input", type: "number", min: minimum, max: maximum, step: "any", placeholder: "default", inputmode: "decimal" });
  range.addEventListener("input", () => (input.value = range.value));
  input.addEventListener("input", () => (range.value = input.value === "" ? usual : input.value));
  readers.push(() => (input.value === "" ? {} : { [name]: input.valueAsNumber }));
  const labelled = field(title, input, `${description ?? ""} From ${minimum} to ${maximum}.`);
  const pair = h("div", { class: "slider" }, range);
  input.before(pair);
  pair.append(input);
  return labelled;
}

function number([name, title], known, readers) {
  const { minimum, description } = known[name];
  const input = h("input", { class: "input", type: "number", min: minimum, step: 1, placeholder: "default", inputmode: "numeric" });
  readers.push(() => (input.value === "" ? {} : { [name]: input.valueAsNumber }));
  return field(title, input, description);
}

function stop(known, readers) {
  const input = textArea({ rows: 2, placeholder: "one per line" });
  readers.push(() => {
    const lines = input.value.split("\n").filter((line) => line !== "").map((line) => line.replaceAll("\\n", "\n"));
    return lines.length > 0 ? { stop: lines } : {};
  });
  return field("Stop strings", input, `${known.stop.description} Write \\n for a line break.`);
}

function effort(known, readers) {
  const words = known.reasoning_effort.enum ?? ["none", "low", "medium", "high"];
  const input = select([["", "default"], ...words.map((word) => [word, word])]);
  readers.push(() => (input.value === "" ? {} : { reasoning_effort: input.value }));
  return field("Reasoning", input, "How much a model that can think is to think before it answers.");
}

function form(readers) {
  const kind = select([["text", "Text"], ["json_object", "Any JSON object"], ["json_schema", "JSON by a schema"]]);
  const schema = textInput({ placeholder: '{"type": "object", "properties": {…}}', "aria-label": "JSON schema", hidden: true });
  kind.addEventListener("change", () => (schema.hidden = kind.value !== "json_schema"));
  readers.push(() => {
    if (kind.value === "text") {
      return {};
    }
    const more = kind.value === "json_schema" ? { json_schema: { name: "answer", schema: parsed(schema.value, "The JSON schema") } } : {};
    return { response_format: { type: kind.value, ...more } };
  });
  return h("div", { class: "stack tight" }, field("Form of the answer", kind, "Held to it token by token: the answer is valid, or cut."), schema);
}

/** JSON that somebody typed. */
export function parsed(text, what) {
  try {
    return JSON.parse(text);
  } catch (wrong) {
    throw new Error(`${what} is no JSON: ${wrong.message}`);
  }
}
