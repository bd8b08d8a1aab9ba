// A part of a page that follows the server: drawn again when something changed, and only then.
import { fill } from "./dom.js";
import { repeat } from "./poll.js";

/**
 * Loads now and every so often and draws what came; `fail` draws what went wrong. Returns a
 * function that loads at once. The focus stays where it was: elements are known by data-key.
 */
export function live(place, { millis, signal, load, draw, fail }) {
  let drawn = null;
  const refresh = async () => {
    let content;
    let mark;
    try {
      const data = await load();
      mark = JSON.stringify(data);
      if (mark === drawn) {
        return;
      }
      content = draw(data);
    } catch (failed) {
      if (failed.name === "AbortError" || signal.aborted) {
        return;
      }
      mark = failed.message;
      content = fail(failed, refresh);
    }
    drawn = mark;
    replace(place, content);
  };
  repeat(millis, refresh, signal);
  return refresh;
}

function replace(place, content) {
  const key = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const open = [...place.querySelectorAll("details[open][data-key]")].map((part) => part.dataset.key);
  fill(place, content);
  open.forEach((name) => place.querySelector(`details[data-key="${CSS.escape(name)}"]`)?.setAttribute("open", ""));
  if (key) {
    place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }
}
