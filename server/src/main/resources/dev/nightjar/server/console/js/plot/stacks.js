// Stacked bars, one per day.
import { fill, h, s } from "../core/dom.js";
import { figure } from "../core/format.js";
import { ticks } from "./scale.js";

const HEIGHT = 200;
const LEFT = 48;
const TOP = 10;
const BOTTOM = 24;
const LABEL = 46;

/** Days with parts: labels, series [{name, style, values}]. A table beside it has the figures. */
export function stacks(title, labels, series) {
  const svg = s("svg", { height: HEIGHT, role: "img", "aria-label": `${title}, ${labels[0]} to ${labels.at(-1)}; the table below has the figures` });
  const chart = h("div", { class: "chart" }, svg);
  new ResizeObserver(() => draw(svg, chart.clientWidth, labels, series)).observe(chart);
  return h("div", { class: "stack tight" },
    h("ul", { class: "legend" }, series.map((one) => h("li", { class: one.style }, `${one.name} `, h("b", {}, figure(one.values.reduce((a, b) => a + b, 0)))))),
    chart);
}

function draw(svg, width, labels, series) {
  if (width === 0) {
    return; // not shown yet
  }
  const totals = labels.map((_, i) => series.reduce((sum, one) => sum + one.values[i], 0));
  const steps = ticks(Math.max(...totals, 1), 3);
  const y = (value) => HEIGHT - BOTTOM - (value / steps.at(-1)) * (HEIGHT - TOP - BOTTOM);
  const slot = (width - LEFT) / labels.length;
  const every = Math.ceil(LABEL / slot);
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  fill(svg,
    steps.map((value) => [s("line", { class: "gridline", x1: LEFT, x2: width, y1: y(value), y2: y(value) }), s("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, figure(value))]),
    labels.map((label, i) => day(label, i, series, slot, y)),
    labels.map((label, i) => (labels.length - 1 - i) % every === 0 && s("text", { x: LEFT + i * slot + slot / 2, y: HEIGHT - 7, "text-anchor": "middle" }, label.slice(5))));
}

/** The parts of a day upon each other. */
function day(label, i, series, slot, y) {
  const wide = Math.min(44, slot * 0.72);
  let below = 0;
  return series.filter((one) => one.values[i] > 0).map((one) => {
    const value = one.values[i];
    const bar = s("rect", { class: "bar", x: LEFT + i * slot + (slot - wide) / 2, width: wide, y: y(below + value), height: Math.max(0.5, y(below) - y(below + value)), rx: 1.5 },
      s("title", {}, `${label}, ${one.name}: ${figure(value)}`));
    below += value;
    return s("g", { class: one.style }, bar);
  });
}
