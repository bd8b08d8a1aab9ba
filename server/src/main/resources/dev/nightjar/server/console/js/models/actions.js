// What can be done to a model: load, unload, reload, pin, remove.
import { post, remove, segment } from "../core/api.js";
import { h } from "../core/dom.js";
import { confirmDialog } from "../widget/dialog.js";
import { toast } from "../widget/toast.js";

const SAID = { load: "is loaded", unload: "is unloaded", reload: "is loaded anew", pin: "stays in memory", unpin: "may be unloaded" };
const SOON = 200;

/** Sends an action and says what came of it; loading takes its time, so states are asked meanwhile. */
export async function act(id, action, refresh) {
  setTimeout(refresh, SOON);
  try {
    await post(`admin/models/${segment(id)}/${action}`);
    toast(`${id} ${SAID[action]}`);
  } catch (failed) {
    toast(failed.message);
  }
  await refresh();
}

/** A button for an action. */
export const actionButton = (id, action, title, refresh, style = "button small") =>
  h("button", { class: style, type: "button", "data-key": `${action}-${id}`, "aria-label": `${title} ${id}`, onclick: () => act(id, action, refresh) }, title);

/** The buttons that make sense in the model's state. */
export function stateActions(model, refresh) {
  const isLoaded = model.state === "ready";
  return [
    !isLoaded && model.state !== "loading" && actionButton(model.id, "load", "Load", refresh),
    isLoaded && actionButton(model.id, "unload", "Unload", refresh),
  ].filter(Boolean);
}

/** Takes a model off the server, after a question; its files stay. */
export async function removeModel(id, done) {
  const isSure = await confirmDialog({
    title: `Remove ${id}?`,
    text: "Requests that run are answered, then the name is unknown. Its files stay where they are.",
    action: "Remove model",
  });
  if (!isSure) {
    return;
  }
  try {
    await remove(`admin/models/${segment(id)}`);
    toast(`${id} is removed`);
    done();
  } catch (failed) {
    toast(failed.message);
  }
}
