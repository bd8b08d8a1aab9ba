// Emphasis, code and links inside a line, as nodes. Images become links: nothing is ever loaded
// from what a model says.
import { h } from "../core/dom.js";

const MARKS = [
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (found) => h("code", {}, found[2].trim())],
  [/^\*\*(?=\S)([\s\S]*?\S)\*\*/, (found, inner) => h("strong", {}, inner(found[1]))],
  [/^__(?=\S)([\s\S]*?\S)__(?!\w)/, (found, inner) => h("strong", {}, inner(found[1]))],
  [/^\*(?=[^\s*])([\s\S]*?[^\s*])\*(?![*\w])/, (found, inner) => h("em", {}, inner(found[1]))],
  [/^_(?=[^\s_])([\s\S]*?[^\s_])_(?!\w)/, (found, inner) => h("em", {}, inner(found[1]))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (found, inner) => h("del", {}, inner(found[1]))],
  [/^!?\[([^\]]*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/, (found, inner) => anchor(found[2], inner(found[1] || found[2]))],
  [/^<(https?:[^\s>]+)>/, (found) => anchor(found[1], found[1])],
  [/^https?:[^\s<>()]+[^\s<>().,;:!?'"]/, (found) => anchor(found[0], found[0])],
];

const START = /[`*_~[!<h\\]/;
const MAX_DEPTH = 6;

/** The nodes of a text. */
export function inline(text, depth = 0) {
  const nodes = [];
  let plain = "";
  let rest = text;
  let before = "";
  const inner = (part) => inline(part, depth + 1);
  while (rest !== "") {
    const found = depth < MAX_DEPTH ? match(rest, before) : null;
    if (found) {
      nodes.push(plain, found.make(found.parts, inner));
      plain = "";
      before = found.parts[0].slice(-1);
      rest = rest.slice(found.parts[0].length);
      continue;
    }
    const isEscape = rest[0] === "\\" && /^\\[\\`*_~[\](){}#+\-.!|<>]/.test(rest);
    const step = isEscape ? 2 : next(rest);
    plain += isEscape ? rest[1] : rest.slice(0, step);
    before = rest[step - 1];
    rest = rest.slice(step);
  }
  nodes.push(plain);
  return nodes.filter((node) => node !== "");
}

function match(rest, before) {
  const isInWord = /\w/.test(before);
  for (const [pattern, make] of MARKS) {
    const parts = pattern.exec(rest);
    if (parts && !(isInWord && /^[_h]/.test(rest))) {
      return { parts, make };
    }
  }
  return null;
}

/** Where the next character stands that may begin something; at least one further. */
function next(text) {
  const at = text.slice(1).search(START);
  return at < 0 ? text.length : at + 1;
}

/** A link that opens elsewhere, for schemes that cannot run anything; else the text alone. */
function anchor(address, content) {
  return /^(https?:|mailto:)/i.test(address)
    ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, content)
    : h("span", {}, content);
}
