// Markdown that grows while it is shown: blocks that stay as they are keep their elements, so a
// selection survives and a long answer costs no more than its last block.
import { h } from "../core/dom.js";
import { codeBlock } from "../widget/code.js";
import { blocks } from "./blocks.js";
import { inline } from "./inline.js";

const MAX_DEPTH = 5;

/** An element whose text may be set again and again. */
export class MarkdownView {
  constructor() {
    this.element = h("div", { class: "prose" });
    this.drawn = [];
  }

  /** Shows a text. */
  show(text) {
    const wanted = blocks(text);
    let same = 0;
    while (same < wanted.length && same < this.drawn.length && wanted[same].source === this.drawn[same]) {
      same += 1;
    }
    while (this.element.childElementCount > same) {
      this.element.lastElementChild.remove();
    }
    wanted.slice(same).forEach((block) => this.element.append(draw(block, 0)));
    this.drawn = wanted.map((block) => block.source);
  }
}

function draw(block, depth) {
  switch (block.type) {
    case "heading":
      return h(block.level <= 2 ? "h3" : "h4", {}, inline(block.text));
    case "code":
      return codeBlock(block.text, { title: block.language || "text", label: `Code, ${block.language || "text"}` });
    case "rule":
      return h("hr");
    case "quote":
      return h("blockquote", {}, inside(block.text, depth));
    case "list":
      return list(block, depth);
    case "table":
      return tableOf(block);
    default:
      return h("p", {}, inline(block.text));
  }
}

/** Blocks inside of a block; deeper ones than anybody writes stay text. */
function inside(text, depth) {
  return depth >= MAX_DEPTH ? [text] : blocks(text).map((block) => draw(block, depth + 1));
}

function list(block, depth) {
  const items = block.items.map((item) => {
    const isPlain = !item.includes("\n");
    return h("li", {}, isPlain ? inline(item) : inside(item, depth));
  });
  return block.isOrdered ? h("ol", { start: block.start }, items) : h("ul", {}, items);
}

function tableOf(block) {
  return h("div", { class: "wide" },
    h("table", {},
      h("thead", {}, h("tr", {}, block.head.map((cell) => h("th", { scope: "col" }, inline(cell))))),
      h("tbody", {}, block.rows.map((row) => h("tr", {}, block.head.map((_, i) => h("td", {}, inline(row[i] ?? ""))))))));
}
