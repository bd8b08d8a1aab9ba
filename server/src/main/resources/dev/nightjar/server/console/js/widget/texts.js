// A list of texts to type in, one box each.
import { fill, h } from "../core/dom.js";

/** Boxes for several texts; `values()` has those that are not empty. */
export function textList(legend, initial, { most = 64, least = 1 } = {}) {
  let boxes = initial.map(box);
  const list = h("div", { class: "stack tight" });
  const add = h("button", { class: "button small", type: "button" }, "+ Add a text");
  const element = h("fieldset", { class: "field" }, h("legend", {}, legend), list, h("div", {}, add));

  function box(value = "") {
    return h("textarea", { class: "input", rows: 1, value, onpaste: split });
  }

  /** Several pasted lines become several texts. */
  function split(event) {
    const lines = event.clipboardData.getData("text").split(/\r?\n/).filter((line) => line.trim() !== "");
    if (lines.length > 1 && event.target.value === "") {
      event.preventDefault();
      const at = boxes.indexOf(event.target);
      boxes.splice(at, 1, ...lines.slice(0, most - boxes.length + 1).map(box));
      draw();
    }
  }

  function draw() {
    fill(list, boxes.map((input, i) => {
      input.setAttribute("aria-label", `Text ${i + 1}`);
      return h("div", { class: "row" }, h("div", { class: "grow" }, input),
        h("button", { class: "button small quiet", type: "button", "aria-label": `Remove text ${i + 1}`, disabled: boxes.length <= least, onclick: () => drop(input) }, "Remove"));
    }));
    add.disabled = boxes.length >= most;
  }

  function drop(input) {
    const at = boxes.indexOf(input);
    boxes = boxes.filter((other) => other !== input);
    draw();
    (boxes[Math.min(at, boxes.length - 1)] ?? add).focus();
  }

  add.addEventListener("click", () => {
    boxes.push(box());
    draw();
    boxes.at(-1).focus();
  });
  draw();
  return { element, values: () => boxes.map((input) => input.value.trim()).filter((text) => text !== "") };
}
