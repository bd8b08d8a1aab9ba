// All models: states, versions, memory; add, load, unload.
import { fill, h } from "../core/dom.js";
import { bytes, count, fromNow } from "../core/format.js";
import { live } from "../core/live.js";
import { managed, served, stateTone } from "../core/models.js";
import { link } from "../core/router.js";
import { taskTitle } from "../core/tasks.js";
import { addModel } from "../models/add.js";
import { actionButton, stateActions } from "../models/actions.js";
import { memoryCard, memoryOf } from "../models/memory.js";
import { badge, failure, loading, notice } from "../widget/notice.js";
import { card, pageHead } from "../widget/page.js";
import { table } from "../widget/table.js";

/** #/models */
export async function modelsPage(root, _, signal) {
  const place = h("div", { class: "stack" }, loading());
  const add = h("button", { class: "button main", type: "button", hidden: true, onclick: async () => (await addModel()) && refresh() }, "+ Add model");
  fill(root, pageHead("Models", "What this server can answer with, and what it takes of the memory.", add), place);
  const refresh = live(place, {
    millis: 3000,
    signal,
    load: async () => {
      const all = await managed(signal);
      return all ?? { models: await served(signal), isPublic: true };
    },
    draw: (data) => {
      add.hidden = Boolean(data.isPublic);
      return data.isPublic ? publicList(data.models) : managedList(data, () => refresh());
    },
    fail: failure,
  });
}

function managedList({ models, memory }, refresh) {
  return [memoryCard(models, memory), card("Models", table("Models", [
    { head: "Model", cell: (row) => [nameOf(row), row.aliases?.length > 0 && h("div", { class: "small soft break" }, `also ${row.aliases.join(", ")}`)] },
    { head: "Task", cell: (row) => taskTitle(row.task) },
    { head: "State", cell: (row) => h("span", { class: "row" }, badge(row.state, stateTone(row.state)), row.pinned && badge("pinned", "calm")) },
    { head: "Versions", cell: versionsOf },
    { head: "Memory", align: "right", cell: (row) => (memoryOf(row) > 0 ? bytes(memoryOf(row)) : "–") },
    { head: "In flight", align: "right", cell: (row) => count(sum(row, "in_flight")) },
    { head: "Last used", cell: (row) => h("span", { class: "nowrap" }, fromNow(newest(row))) },
    { head: "Actions", actions: true, cell: (row) => [stateActions(row, refresh), actionButton(row.id, row.pinned ? "unpin" : "pin", row.pinned ? "Unpin" : "Pin", refresh, "button small quiet")] },
  ], models, { none: "No models yet." }), { flush: true })];
}

const nameOf = (row) => h("a", { href: link("models", row.id), "data-key": `name-${row.id}` }, h("strong", { class: "break" }, row.id));

const sum = (row, member) => (row.versions ?? []).reduce((total, version) => total + (version[member] ?? 0), 0);

const newest = (row) => (row.versions ?? []).map((version) => version.last_used_at).filter(Boolean).sort().at(-1);

function versionsOf(row) {
  const channels = Object.entries(row.channels ?? {}).map(([name, number]) => `${name} v${number}`);
  return channels.length > 0 ? h("span", { class: "small" }, channels.join(", ")) : count((row.versions ?? []).length);
}

function publicList(models) {
  return [
    notice("calm", "These are the models that you may use. Loading and unloading needs the admin API and a token that may administer."),
    card("Models", table("Models", [
      { head: "Model", cell: (row) => [nameOf(row), h("div", { class: "small soft break" }, row.description)] },
      { head: "Task", cell: (row) => taskTitle(row.task) },
      { head: "State", cell: (row) => badge(row.status ?? "ready", stateTone(row.status ?? "ready")) },
      { head: "Version", cell: (row) => h("span", { class: "break" }, row.version ?? "–") },
      { head: "Longest input", align: "right", cell: (row) => count(row.max_input_tokens) },
      { head: "Longest output", align: "right", cell: (row) => count(row.max_output_tokens) },
    ], models, { none: "No models are loaded." }), { flush: true }),
  ];
}
