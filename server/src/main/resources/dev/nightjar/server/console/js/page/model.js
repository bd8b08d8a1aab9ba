// One model: overview, settings with its access tokens, code.
import { ApiError, get, segment } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { bytes, count } from "../core/format.js";
import { live } from "../core/live.js";
import { managedModel, sameTask, stateTone } from "../core/models.js";
import { go, link } from "../core/router.js";
import { TASKS, taskTitle } from "../core/tasks.js";
import { actionButton, removeModel, stateActions } from "../models/actions.js";
import { aliasForm } from "../models/aliases.js";
import { memoryOf } from "../models/memory.js";
import { channelForm, versionTable } from "../models/versions.js";
import { snippetPanel } from "../snippets/panel.js";
import { tokenSection } from "../tokens/list.js";
import { badge, empty, failure, loading } from "../widget/notice.js";
import { card, pageHead, tiles } from "../widget/page.js";
import { tabs } from "../widget/tabs.js";

const PARTS = { overview, settings, code };

/** #/models/{id}/{overview|settings|code} */
export async function modelPage(root, [id, wanted], signal) {
  const part = wanted in PARTS ? wanted : "overview";
  const body = h("div", { class: "stack" }, loading());
  const model = await either(id, signal);
  const tryIt = TASKS.find((one) => sameTask(one.word, model.task ?? "text-generation"));
  fill(root,
    h("nav", { class: "crumbs", "aria-label": "Where you are" }, h("a", { href: link("models") }, "Models"), h("span", { "aria-hidden": "true" }, "/"), h("span", { class: "break" }, id)),
    pageHead(id, model.description || taskTitle(model.task), tryIt && h("a", { class: "button", href: link("playground", tryIt.key, id) }, "Try it")),
    tabs("Parts of the model's page", [["overview", "Overview"], ["settings", "Settings"], ["code", "Code"]].map(([key, title]) => ({ title, href: link("models", id, key), current: key === part }))),
    body);
  await PARTS[part](body, id, model, signal);
}

/** From the admin API, else what everybody may see. */
async function either(id, signal) {
  try {
    return await managedModel(id, signal);
  } catch (failed) {
    if (failed instanceof ApiError && [403, 404].includes(failed.status)) {
      return { ...(await get(`api/v1/models/${segment(id)}`, { signal })), isPublic: true };
    }
    throw failed;
  }
}

function overview(body, id, model, signal) {
  if (model.isPublic) {
    fill(body, publicOverview(model));
    return;
  }
  const refresh = live(body, {
    millis: 3000,
    signal,
    load: () => managedModel(id, signal),
    draw: (found) => managedOverview(found, () => refresh()),
    fail: failure,
  });
}

function managedOverview(model, refresh) {
  const channels = channelForm(model, refresh);
  return [
    card("State", tiles([
      ["State", badge(model.state, stateTone(model.state)), "words"],
      ["Task", taskTitle(model.task), "words"],
      ["Memory", bytes(memoryOf(model))],
      ["Longest input", count(model.limits?.max_input)],
      ["Longest output", count(model.limits?.max_output)],
      ["Context", count(model.limits?.context)],
    ]), { actions: [stateActions(model, refresh), actionButton(model.id, "reload", "Reload", refresh), actionButton(model.id, model.pinned ? "unpin" : "pin", model.pinned ? "Unpin" : "Pin", refresh)] }),
    card("Versions", versionTable(model, refresh), { flush: true }),
    channels && card("Channels", channels, { text: "What a name without a version means, and the names that end in -latest, -stable and -legacy. Running requests end on the version that they began with." }),
    card("Other names", aliasForm(model, refresh)),
    card("Remove", h("button", { class: "button danger", type: "button", onclick: () => removeModel(model.id, () => go("models")) }, "Remove model"), { text: "The server forgets the model; its files stay." }),
  ];
}

const publicOverview = (model) => card("What is known of it", tiles([
  ["State", badge(model.status ?? "ready", stateTone(model.status ?? "ready")), "words"],
  ["Task", taskTitle(model.task), "words"],
  ["Version", model.version ?? "–", "words"],
  ["Longest input", count(model.max_input_tokens)],
  ["Longest output", count(model.max_output_tokens)],
]));

/** Access tokens above, inference code below: a token that was just made stands in the code. */
async function settings(body, id, model, signal) {
  const panel = await codeCard(id, model, signal);
  fill(body, tokenSection({ model: id, signal, onchange: panel.refresh }), panel.element);
}

async function code(body, id, model, signal) {
  fill(body, (await codeCard(id, model, signal)).element);
}

async function codeCard(id, model, signal) {
  try {
    const panel = await snippetPanel({ model: id, taskWord: model.task, signal });
    return { element: card("Inference code", panel.element, { text: "Choose the deployment type; the code for it is generated." }), refresh: panel.refresh };
  } catch (failed) {
    return { element: card("Inference code", failed.status === undefined ? empty(failed.message) : failure(failed)), refresh: () => {} };
  }
}
