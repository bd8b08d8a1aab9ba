// Bars that show a share, each with its value in words.
import { h } from "../core/dom.js";

/** Parts of a whole: [{value, tone}] of max; label for screen readers. */
export function meter(parts, max, label) {
  const bars = parts
    .filter((part) => part.value > 0)
    .map((part) => h("i", { "--share": max > 0 ? Math.min(1, part.value / max).toFixed(4) : 0, "--tone": part.tone }));
  return h("div", { class: "meter", role: "img", "aria-label": label }, bars);
}

/** A list of names with scores from 0 to 1, best first. */
export function scores(items, { digits = 3 } = {}) {
  return h("div", {}, items.map((item) =>
    h("div", { class: "score" },
      h("div", { class: "break" }, item.lead && h("span", { class: "soft small" }, `${item.lead} `), item.text),
      meter([{ value: item.share ?? item.score }], 1, `${item.text}: ${item.score.toFixed(digits)}`),
      h("div", { class: "number" }, item.score.toFixed(digits)))));
}
