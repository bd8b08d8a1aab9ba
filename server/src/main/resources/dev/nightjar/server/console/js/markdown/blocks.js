// Cuts a text into blocks: [{source, type, …}]. A block that more text may still change is the
// last one, so a view need only draw that again.

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}> ?/;
const TABLE_LINE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$/;

/** The blocks of a text. */
export function blocks(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const found = [];
  let at = 0;
  while (at < lines.length) {
    if (lines[at].trim() === "") {
      at += 1;
      continue;
    }
    const block = read(lines, at);
    found.push({ ...block, source: lines.slice(at, block.end).join("\n") });
    at = block.end;
  }
  return found;
}

function read(lines, at) {
  const line = lines[at];
  const fence = FENCE.exec(line);
  if (fence) {
    return readFence(lines, at, fence);
  }
  const heading = HEADING.exec(line);
  if (heading) {
    return { type: "heading", level: heading[1].length, text: heading[2], end: at + 1 };
  }
  if (RULE.test(line)) {
    return { type: "rule", end: at + 1 };
  }
  if (QUOTE.test(line)) {
    return readQuote(lines, at);
  }
  if (ITEM.test(line)) {
    return readList(lines, at);
  }
  if (line.includes("|") && TABLE_LINE.test(lines[at + 1] ?? "")) {
    return readTable(lines, at);
  }
  return readParagraph(lines, at);
}

function readFence(lines, at, fence) {
  const close = new RegExp(`^ {0,3}${fence[1][0]}{${fence[1].length},}\\s*$`);
  let end = at + 1;
  while (end < lines.length && !close.test(lines[end])) {
    end += 1;
  }
  return { type: "code", language: fence[2], text: lines.slice(at + 1, end).join("\n"), end: Math.min(end + 1, lines.length) };
}

function readQuote(lines, at) {
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end])) {
    end += 1;
  }
  return { type: "quote", text: lines.slice(at, end).map((line) => line.replace(QUOTE, "")).join("\n"), end };
}

/** Items with what is indented below them. */
function readList(lines, at) {
  const [, indent, mark] = ITEM.exec(lines[at]);
  const isOrdered = /\d/.test(mark);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    if (item && item[1].length <= indent.length + 1) {
      if (/\d/.test(item[2]) !== isOrdered) {
        break;
      }
      items.push(item[3]);
    } else if (lines[end].trim() === "") {
      const following = lines[end + 1] ?? "";
      if (!ITEM.test(following) && !/^\s{2,}\S/.test(following)) {
        break;
      }
      items[items.length - 1] += "\n";
    } else if (/^\s/.test(lines[end]) || !begins(lines[end])) {
      items[items.length - 1] += `\n${lines[end].replace(/^\s{1,4}/, "")}`;
    } else {
      break;
    }
    end += 1;
  }
  return { type: "list", isOrdered, start: isOrdered ? parseInt(mark, 10) : 1, items, end };
}

function readTable(lines, at) {
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|") && lines[end].trim() !== "") {
    end += 1;
  }
  return { type: "table", head: cells(lines[at]), rows: lines.slice(at + 2, end).map(cells), end };
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

function readParagraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() !== "" && !begins(lines[end])) {
    end += 1;
  }
  return { type: "paragraph", text: lines.slice(at, end).join("\n"), end };
}

const begins = (line) => [FENCE, HEADING, RULE, QUOTE, ITEM].some((pattern) => pattern.test(line));
