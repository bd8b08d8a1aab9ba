// What a token may be used for: models and tasks.
import { h } from "../core/dom.js";
import { taskTitle } from "../core/tasks.js";
import { check, choices } from "../widget/field.js";

/** Controls of the scopes; a preset model stands fixed. */
export function scopes({ model, models, tasks }) {
  const chosen = model ? fixed(model) : chooser("Models", "Every model", "Only these", models.map((id) => [id, id]), "models");
  const work = chooser("Tasks", "Every task", "Only these", tasks.map((word) => [word, taskTitle(word)]), "tasks");
  return {
    element: h("div", { class: "stack" }, chosen.element, work.element),
    values: () => ({ ...chosen.values(), ...work.values() }),
  };
}

function fixed(model) {
  return {
    element: h("div", { class: "field" }, h("span", { class: "label" }, "Models"), h("p", { class: "break" }, `Only ${model}`)),
    values: () => ({}), // the path names it
  };
}

function chooser(title, all, some, options, member) {
  const boxes = options.map(([value, label]) => ({ value, box: check(label) }));
  const list = h("div", { class: "stack tight", hidden: true, role: "group", "aria-label": title }, boxes.map(({ box }) => box.element));
  let isLimited = false;
  const kind = choices(title, [["all", all], ["some", some]], "all", (value) => {
    isLimited = value === "some";
    list.hidden = !isLimited;
  });
  return {
    element: h("div", { class: "field" }, h("span", { class: "label", "aria-hidden": "true" }, title), kind, list),
    values: () => (isLimited ? { [member]: picked(boxes, title) } : {}),
  };
}

function picked(boxes, title) {
  const values = boxes.filter(({ box }) => box.input.checked).map(({ value }) => value);
  if (values.length === 0) {
    throw new Error(`Tick at least one of the ${title.toLowerCase()}, or allow all.`);
  }
  return values;
}
