// Copying to the clipboard, also where a page is not on https or localhost.
import { h } from "../core/dom.js";
import { toast } from "./toast.js";

/** Copies a text and says so. */
export async function copy(text, what = "Copied") {
  const isCopied = (await byClipboard(text)) || bySelection(text);
  toast(isCopied ? what : "The browser does not let this page copy; select the text and copy it yourself.");
  return isCopied;
}

async function byClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // undefined outside of secure contexts, or refused
  }
}

function bySelection(text) {
  const area = h("textarea", { class: "unseen", "aria-hidden": "true" });
  const host = document.querySelector("dialog[open]") ?? document.body;
  const focused = document.activeElement;
  area.value = text;
  host.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  focused?.focus?.();
  return isCopied;
}

/** A button that copies what a function returns. */
export function copyButton(text, { label = "Copy", style = "button small quiet", said } = {}) {
  return h("button", { class: style, type: "button", onclick: () => copy(text(), said) }, label);
}
