// What is said in place of content: hints, failures, emptiness, work under way.
import { h } from "../core/dom.js";

/** A remark; kinds: calm, good, warn, bad. */
export const notice = (kind, ...content) => h("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : undefined }, content);

/** There is nothing to show, and what to do about it. */
export const empty = (title, text, action) => h("div", { class: "empty" }, h("strong", {}, title), text && h("p", {}, text), action);

/** Something is on its way. */
export const loading = (what = "Loading") => h("div", { class: "empty", role: "status" }, h("span", { class: "loading", "aria-hidden": "true" }), h("span", {}, `${what}…`));

const HINTS = {
  unreachable: "The console tries again when you do.",
  permission_denied: "Sign in with a token that has the scope, or ask an administrator for one.",
  model_not_loaded: "Load the model on the Models page, or choose another one.",
  context_length_exceeded: "Shorten the input, or choose a model with a longer context.",
  rate_limit_exceeded: "Limits are shown under Settings.",
  insufficient_quota: "Limits are shown under Settings.",
};

/** A failed request: what was wrong, its code, and the id that the server's log knows it by. */
export function failure(error, again) {
  const facts = [
    error.status ? `status ${error.status}` : null,
    error.code,
    error.param ? `field ${error.param}` : null,
    error.retryAfter ? `try again in ${error.retryAfter} s` : null,
    error.requestId,
  ].filter(Boolean);
  return notice("bad",
    h("div", { class: "break" }, error.message),
    HINTS[error.code] && h("div", { class: "small" }, HINTS[error.code]),
    facts.length > 0 && h("div", { class: "small soft break" }, facts.join(" · ")),
    again && h("div", {}, h("button", { class: "button small", type: "button", onclick: again }, "Try again")));
}

/** A word in a coloured capsule. */
export const badge = (text, tone = "") => h("span", { class: `badge ${tone}` }, text);
