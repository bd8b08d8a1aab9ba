// "Access tokens": those of a model, or all.
import { get, remove, segment } from "../core/api.js";
import { h } from "../core/dom.js";
import { dateTime, fromNow } from "../core/format.js";
import { live } from "../core/live.js";
import { forgetMade } from "../core/made.js";
import { served } from "../core/models.js";
import { taskTitle } from "../core/tasks.js";
import { confirmDialog } from "../widget/dialog.js";
import { badge, empty, failure, loading } from "../widget/notice.js";
import { card } from "../widget/page.js";
import { table } from "../widget/table.js";
import { toast } from "../widget/toast.js";
import { addToken } from "./form.js";

const TONES = { active: "good", expired: "warn", revoked: "" };

/** The section with its button; `onchange` runs after a token was made or revoked. */
export function tokenSection({ model, signal, onchange = () => {} }) {
  const place = h("div", {}, loading());
  const add = h("button", { class: "button main", type: "button", onclick: async () => {
    const [models, tiers] = await Promise.all([served(), tierNames()]);
    if (await addToken({ model, models: models.map((one) => one.id), tasks: taskWords(models), tiers })) {
      await refresh();
      onchange();
    }
  } }, "+ Add new token");
  const path = model ? `admin/models/${segment(model)}/tokens` : "admin/tokens";
  const refresh = live(place, {
    millis: 5000,
    signal,
    load: () => get(path, { signal }),
    draw: (answer) => {
      add.hidden = false;
      return list(answer.tokens, () => refresh().then(onchange));
    },
    fail: (failed, again) => {
      add.hidden = isWithoutStore(failed);
      return isWithoutStore(failed) ? withoutStore() : failure(failed, again);
    },
  });
  return card("Access tokens", place, {
    flush: true,
    actions: add,
    text: model ? `Programs that call ${model} send one of these.` : "Programs and people send one of these with every request.",
  });
}

const isWithoutStore = (failed) => failed.isAbsent || failed.status === 501 || failed.code === "no_token_store";

const withoutStore = () => empty("This server keeps no tokens",
  "It answers everybody who reaches it. Start it with a store, and make the first token on its machine:",
  h("code", {}, "nightjar token create --admin"));

/** What scopes may name: the tasks of the models, and those every server knows. */
const taskWords = (models) => [...new Set([...models.map((one) => one.task).filter(Boolean), "text-generation", "embedding", "reranking", "classification", "prediction"]), "metrics"];

async function tierNames() {
  try {
    return (await get("admin/limits")).tiers.map((tier) => tier.name);
  } catch {
    return []; // no limits configured
  }
}

function list(tokens, refresh) {
  const order = { active: 0, expired: 1, revoked: 2 };
  const sorted = tokens.toSorted((a, b) => (order[a.state] - order[b.state]) || String(b.created_at).localeCompare(String(a.created_at)));
  return table("Access tokens", [
    { head: "Name", cell: (row) => [h("div", { class: "break" }, h("strong", {}, row.name)), h("code", { class: "soft small" }, `${row.prefix}…`)] },
    { head: "State", cell: (row) => badge(row.state, TONES[row.state]) },
    { head: "May", cell: scopeOf },
    { head: "Expires", cell: (row) => (row.expires_at ? h("span", { title: dateTime(row.expires_at) }, fromNow(row.expires_at)) : "never") },
    { head: "Last used", cell: (row) => h("span", { title: dateTime(row.last_used_at) }, fromNow(row.last_used_at)) },
    { head: "Created", cell: (row) => h("span", { class: "nowrap" }, dateTime(row.created_at)) },
    { head: "Actions", actions: true, cell: (row) => row.state === "active" && h("button", { class: "button small danger", type: "button", "data-key": `revoke-${row.id}`, "aria-label": `Revoke ${row.name}`, onclick: () => revoke(row, refresh) }, "Revoke") },
  ], sorted, { none: empty("No tokens yet", "Add one for each program that calls this server.") });
}

function scopeOf(row) {
  const limits = [
    row.models?.length > 0 && row.models.join(", "),
    row.tasks?.length > 0 && row.tasks.map(taskTitle).join(", "),
    row.tier && `tier ${row.tier}`,
  ].filter(Boolean);
  return [row.admin && badge("admin", "calm"), h("div", { class: "break small" }, limits.length > 0 ? limits.join(" · ") : "every model and task")];
}

async function revoke(row, refresh) {
  const isSure = await confirmDialog({ title: `Revoke “${row.name}”?`, text: "Programs that use it are refused from now on. This cannot be undone.", action: "Revoke token" });
  if (!isSure) {
    return;
  }
  try {
    await remove(`admin/tokens/${segment(row.id)}`);
    forgetMade(row.id);
    toast(`“${row.name}” is revoked`);
  } catch (failed) {
    toast(failed.message);
  }
  await refresh();
}
