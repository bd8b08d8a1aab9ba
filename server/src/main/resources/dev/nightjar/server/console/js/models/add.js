// Adds a model from a path on the server's machine, or by its name on a hub.
import { post } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { openDialog } from "../widget/dialog.js";
import { check, choices, field, select, textInput } from "../widget/field.js";
import { failure } from "../widget/notice.js";
import { toast } from "../widget/toast.js";

const SOURCES = {
  path: ["Path on the server", "/models/Llama-3.2-1B-Instruct-Q8_0.gguf", "A GGUF file or a model folder, below one of engine.model_folders."],
  hub: ["Name on the hub", "bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M", "One that was downloaded with nightjar pull."],
};

/** Opens the form; resolves to whether a model was added. */
export async function addModel() {
  const added = await openDialog("Add a model", build);
  if (added) {
    toast(`${added.id ?? "The model"} is added`);
  }
  return Boolean(added);
}

function build(close) {
  const id = textInput({ required: true, placeholder: "my-model", "data-first": true });
  const version = textInput({ type: "number", min: 1, step: 1, placeholder: "none", inputmode: "numeric" });
  const load = select([["eager", "Now"], ["lazy", "With the first request"]]);
  const pinned = check("Keep it in memory whatever else wants in");
  const source = textInput({ required: true });
  const place = h("div");
  const trouble = h("div");
  let kind = "path";
  const draw = () => {
    const [title, placeholder, help] = SOURCES[kind];
    source.placeholder = placeholder;
    fill(place, field(title, source, help));
  };
  const submit = async (event) => {
    event.preventDefault();
    fill(trouble);
    try {
      const more = { load: load.value, ...(version.value ? { version: version.valueAsNumber } : {}), ...(pinned.input.checked ? { pinned: true } : {}) };
      close((await post("admin/models", { id: id.value.trim(), [kind]: source.value.trim(), ...more })) ?? { id: id.value });
    } catch (failed) {
      fill(trouble, failure(failed));
    }
  };
  draw();
  return {
    body: h("form", { class: "stack", id: "add-model", onsubmit: submit },
      field("Id", id, "What clients write in the member model."),
      choices("Where it is", [["path", "Path"], ["hub", "Hub name"]], kind, (value) => {
        kind = value;
        draw();
      }), place,
      h("div", { class: "grid" }, field("Version", version, "Adds a version to the model of this id; a channel has to point to it."), field("Load it", load)),
      pinned.element, trouble),
    foot: [
      h("button", { class: "button", type: "button", onclick: () => close() }, "Cancel"),
      h("button", { class: "button main", type: "submit", form: "add-model" }, "Add model"),
    ],
  };
}
