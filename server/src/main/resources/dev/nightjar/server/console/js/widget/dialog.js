// Modal dialogs: the browser's own, which keeps the focus inside and gives it back.
import { freshId, h } from "../core/dom.js";

/** Opens a dialog; `build(close)` returns {body, foot}. Resolves to what `close` was given. */
export function openDialog(title, build, { canLeave = () => true } = {}) {
  return new Promise((resolve) => {
    let result;
    const id = freshId("dialog");
    const dialog = h("dialog", { class: "dialog", "aria-labelledby": id });
    const close = (value) => {
      result = value;
      dialog.close();
    };
    const { body, foot } = build(close);
    dialog.append(
      h("div", { class: "dialog-head" }, h("h2", { id }, title)),
      h("div", { class: "dialog-body" }, body),
      h("div", { class: "dialog-foot" }, foot),
    );
    dialog.addEventListener("cancel", (event) => {
      if (!canLeave()) {
        event.preventDefault();
      }
    });
    dialog.addEventListener("close", () => {
      const toasts = document.getElementById("toasts");
      if (toasts.parentElement === dialog) {
        document.body.append(toasts);
      }
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("[data-first]")?.focus();
  });
}

/** Asks before something that cannot be undone; resolves to whether it shall be. */
export function confirmDialog({ title, text, action, danger = true }) {
  return openDialog(title, (close) => ({
    body: h("p", {}, text),
    foot: [
      h("button", { class: "button", type: "button", "data-first": true, onclick: () => close(false) }, "Cancel"),
      h("button", { class: danger ? "button danger" : "button main", type: "button", onclick: () => close(true) }, action),
    ],
  })).then(Boolean);
}
