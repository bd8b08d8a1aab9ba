// A new token, shown this one time.
import { announce } from "../core/announce.js";
import { h } from "../core/dom.js";
import { dateTime } from "../core/format.js";
import { copy } from "../widget/copy.js";
import { openDialog } from "../widget/dialog.js";
import { toast } from "../widget/toast.js";
import { notice } from "../widget/notice.js";

/** Shows it until it has been copied, or its reader says it is saved. */
export function showOnce(made) {
  let isSaved = false;
  announce("The token was generated. Copy it now: it is not shown again.");
  return openDialog(`Token “${made.name}”`, (close) => {
    const secret = h("output", { "data-token": true, "aria-label": "The new token" }, made.token);
    const take = async () => {
      isSaved = (await copy(made.token, "Token copied")) || isSaved;
    };
    return {
      body: [
        notice("warn", h("strong", {}, "Save this token now."), "You cannot see it again: the server keeps only a hash of it."),
        h("div", { class: "secret" }, secret, h("button", { class: "button main", type: "button", "data-first": true, onclick: take }, "Copy")),
        h("p", { class: "help" }, made.expires_at ? `It expires on ${dateTime(made.expires_at)}.` : "It never expires.", " Programs send it as ", h("code", {}, "Authorization: Bearer …"), "."),
      ],
      foot: h("button", { class: "button", type: "button", onclick: () => close() }, "I have saved it"),
    };
  }, { canLeave: () => isSaved || (toast("Copy the token first, or say that you have saved it."), false) });
}
