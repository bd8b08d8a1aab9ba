// A line plot in the page's own colours: grid, tooltip for pointer and arrow keys, and its figures
// as a table for those who cannot see it.
import { fill, h, s } from "../core/dom.js";
import { table } from "../widget/table.js";
import { ticks } from "./scale.js";
import { GAP, latest } from "./series.js";

const HEIGHT = 168;
const LEFT = 46;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 22;
const ROWS = 15;

/** Series: [{name, style, points}]; `format` writes a value. */
export class LinePlot {
  constructor(title, format, { area = false } = {}) {
    this.title = title;
    this.format = format;
    this.area = area;
    this.at = null;
    this.svg = s("svg", { "aria-hidden": "true", height: HEIGHT });
    this.tip = h("div", { class: "tip", hidden: true });
    this.legend = h("ul", { class: "legend" });
    this.rows = h("div");
    this.details = h("details", { class: "details", ontoggle: () => this.drawRows() }, h("summary", {}, "Figures"), this.rows);
    this.plot = h("div", { class: "chart", tabindex: 0, role: "img", onkeydown: (event) => this.onKey(event), onblur: () => this.point(null) }, this.svg, this.tip);
    this.svg.addEventListener("pointermove", (event) => this.point(this.timeAt(event.offsetX)));
    this.svg.addEventListener("pointerleave", () => this.point(null));
    this.element = h("section", { class: "card stack tight" }, h("h2", {}, title), this.legend, this.plot, this.details);
    new ResizeObserver(() => this.series && this.draw()).observe(this.plot);
  }

  /** Shows these lines between two times. */
  show(series, from, to) {
    Object.assign(this, { series, from, to });
    this.draw();
    this.drawRows();
  }

  draw() {
    this.width = this.plot.clientWidth || 400;
    const most = Math.max(0, ...this.series.flatMap((one) => one.points.map(([, value]) => value ?? 0)));
    this.steps = ticks(most, 3);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${HEIGHT}`);
    fill(this.svg, this.grid(), this.series.map((one) => this.line(one)), this.cross());
    fill(this.legend, this.series.map((one) => h("li", { class: one.style }, `${one.name} `, h("b", {}, this.format(latest(one.points))))));
    const now = this.series.map((one) => `${one.name} ${this.format(latest(one.points))}`).join(", ");
    this.plot.setAttribute("aria-label", `${this.title}. Now: ${now || "nothing"}. Arrow keys read earlier values.`);
  }

  x(time) {
    return LEFT + ((time - this.from) / (this.to - this.from)) * (this.width - LEFT - RIGHT);
  }

  y(value) {
    return HEIGHT - BOTTOM - (value / this.steps.at(-1)) * (HEIGHT - TOP - BOTTOM);
  }

  timeAt(x) {
    return this.from + ((x - LEFT) / (this.width - LEFT - RIGHT)) * (this.to - this.from);
  }

  grid() {
    const minutes = Math.round((this.to - this.from) / 60000);
    const step = minutes > 6 ? 3 : 1;
    const marks = [];
    for (let back = 0; back <= minutes; back += step) {
      marks.push(s("text", { x: this.x(this.to - back * 60000), y: HEIGHT - 6, "text-anchor": back === 0 ? "end" : "middle" }, back === 0 ? "now" : `−${back} min`));
    }
    return [this.steps.map((value) => [
      s("line", { class: "gridline", x1: LEFT, x2: this.width - RIGHT, y1: this.y(value), y2: this.y(value) }),
      s("text", { x: LEFT - 6, y: this.y(value) + 4, "text-anchor": "end" }, this.format(value)),
    ]), marks.slice(0, -1)];
  }

  line({ points, style }) {
    const parts = runs(points.filter(([time]) => time >= this.from));
    return parts.map((run) => {
      const path = run.map(([time, value], i) => `${i === 0 ? "M" : "L"}${this.x(time).toFixed(1)} ${this.y(value).toFixed(1)}`).join("");
      const base = this.y(0);
      const ground = `${path}L${this.x(run.at(-1)[0]).toFixed(1)} ${base}L${this.x(run[0][0]).toFixed(1)} ${base}Z`;
      return s("g", { class: style }, this.area && s("path", { class: "area", d: ground }), s("path", { class: "stroke", d: path }));
    });
  }

  cross() {
    const found = this.at === null ? [] : this.values(this.at);
    this.tip.hidden = found.length === 0;
    if (found.length === 0) {
      return [];
    }
    const x = this.x(found[0].time);
    fill(this.tip, h("div", { class: "soft" }, new Date(found[0].time).toLocaleTimeString()), found.map(({ one, value }) => h("div", { class: `legend ${one.style}` }, `${one.name} `, h("b", {}, this.format(value)))));
    const isRight = x > this.width / 2;
    this.tip.style.setProperty("left", isRight ? "auto" : `${x + 10}px`);
    this.tip.style.setProperty("right", isRight ? `${this.width - x + 10}px` : "auto");
    return [s("line", { class: "cross", x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM }), found.map(({ one, value }) => s("g", { class: one.style }, s("circle", { class: "mark", cx: x, cy: this.y(value), r: 4 })))];
  }

  /** What each line says nearest to a time. */
  values(time) {
    return this.series.map((one) => {
      const known = one.points.filter(([at, value]) => value !== null && at >= this.from);
      const near = known.reduce((best, point) => (best && Math.abs(best[0] - time) <= Math.abs(point[0] - time) ? best : point), null);
      return near && Math.abs(near[0] - time) < GAP * 3 ? { one, time: near[0], value: near[1] } : null;
    }).filter(Boolean);
  }

  point(time) {
    this.at = time;
    if (this.series) {
      this.draw();
    }
  }

  onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      const span = this.to - this.from;
      this.point(Math.min(this.to, Math.max(this.from, (this.at ?? this.to) + (step * span) / 60)));
      this.plot.setAttribute("aria-label", this.tip.textContent || `${this.title}: no value here`);
    } else if (event.key === "Escape") {
      this.point(null);
    }
  }

  drawRows() {
    if (!this.details.open || !this.series) {
      return;
    }
    const times = Array.from({ length: ROWS }, (_, i) => this.to - (i * (this.to - this.from)) / ROWS);
    fill(this.rows, table(this.title, [
      { head: "Time", cell: (row) => new Date(row.time).toLocaleTimeString() },
      ...this.series.map((one, k) => ({ head: one.name, align: "right", cell: (row) => row.cells[k] })),
    ], times.map((time) => ({ time, cells: this.series.map((one) => this.format(this.values(time).find((found) => found.one === one)?.value ?? null)) })), { folds: false }));
  }
}

/** Pieces without gaps. */
function runs(points) {
  const found = [];
  let last = null;
  for (const point of points) {
    if (point[1] === null) {
      last = null;
      continue;
    }
    if (last === null || point[0] - last > GAP) {
      found.push([]);
    }
    found.at(-1).push(point);
    last = point[0];
  }
  return found;
}
