// How the playground lays out its parts.
import { h } from "../core/dom.js";

/** Work on the left, panels on the right; above each other where there is little room. */
export const bench = (work, panels) => h("div", { class: "bench" }, h("div", { class: "stack" }, work), h("aside", { class: "stack", "aria-label": "Options" }, panels));

/** A part that folds; folded from the start on narrow screens unless it matters at once. */
export function panel(title, content, { open = true, always = false } = {}) {
  const isNarrow = matchMedia("(max-width: 1040px)").matches;
  return h("details", { class: "card panel", open: open && (always || !isNarrow) }, h("summary", {}, title), content);
}

/** A form that runs one request at a time: `work(signal)` fills the result; failures go to `fail`. */
export function runner(button, outer, work, fail) {
  let current = null;
  outer.addEventListener("abort", () => current?.abort());
  return async (event) => {
    event?.preventDefault();
    current?.abort();
    const mine = new AbortController();
    current = mine;
    button.setAttribute("aria-busy", "true");
    const started = performance.now();
    try {
      await work(mine.signal, () => (performance.now() - started) / 1000);
    } catch (failed) {
      if (failed.name !== "AbortError") {
        fail(failed);
      }
    } finally {
      if (current === mine) {
        button.removeAttribute("aria-busy");
      }
    }
  };
}
