// Short messages that go away by themselves and are read out.
import { h } from "../core/dom.js";

const MILLIS = 4500;

/** Shows a message. */
export function toast(text) {
  const place = document.getElementById("toasts");
  const message = h("div", { class: "toast" }, text);
  const host = document.querySelector("dialog[open]") ?? document.body;
  if (place.parentElement !== host) {
    host.append(place); // what lies under a modal dialog is neither seen nor read
  }
  place.append(message);
  setTimeout(() => message.remove(), MILLIS);
}
