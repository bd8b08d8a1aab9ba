// Asks for a token where the server wants one.
import { get } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { keep } from "../core/session.js";
import { field } from "../widget/field.js";
import { failure } from "../widget/notice.js";

/** A line for the token and a button; the token is tried before it is kept. */
export function signInForm() {
  const input = h("input", { class: "input mono", type: "password", autocomplete: "off", spellcheck: "false", required: true, placeholder: "nj_…" });
  const trouble = h("div");
  const button = h("button", { class: "button main", type: "submit" }, "Sign in");
  const submit = async (event) => {
    event.preventDefault();
    const value = input.value.trim();
    button.disabled = true;
    try {
      await get("v1/models", { bearer: value });
      keep(value);
    } catch (failed) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
      fill(trouble, failure(failed));
    } finally {
      button.disabled = false;
    }
  };
  return h("form", { class: "stack", onsubmit: submit },
    field("Access token", input, "Kept in this tab alone; closing the tab forgets it."), trouble, h("div", {}, button));
}

/** The whole page, in place of what needs a token. */
export function signInPage(root, reason) {
  const isRefused = reason && reason.code && !["missing_token", "authentication_required", "missing_api_key"].includes(reason.code);
  fill(root, h("div", { class: "gate" }, h("section", { class: "card stack" },
    h("h1", { tabindex: -1 }, "Sign in"),
    h("p", { class: "soft" }, "This server asks who calls. Use an access token: one that may administer for all pages, any other for the playground and code."),
    isRefused && failure(reason),
    signInForm(),
    h("details", { class: "details" }, h("summary", {}, "How do I get one?"), h("div", { class: "stack tight" },
      h("p", { class: "help" }, "An administrator adds one under Models, a model, Settings, Access tokens. The first one is made on the server's machine:"),
      h("code", {}, "nightjar token create --admin"))))));
}
