// The versions of a model, and which channel means which.
import { put, segment } from "../core/api.js";
import { h } from "../core/dom.js";
import { bytes, count, dateTime, fromNow } from "../core/format.js";
import { stateTone } from "../core/models.js";
import { field, select } from "../widget/field.js";
import { badge, notice } from "../widget/notice.js";
import { table } from "../widget/table.js";
import { toast } from "../widget/toast.js";
import { stateActions } from "./actions.js";

/** A table with a row per version. */
export function versionTable(model, refresh) {
  return h("div", {}, table("Versions", [
    { head: "Version", cell: (row) => [h("strong", { class: "break" }, row.version), h("div", { class: "row" }, channelsOf(model, row).map((name) => badge(name, "calm")))] },
    { head: "State", cell: (row) => badge(row.state, stateTone(row.state)) },
    { head: "Source", cell: (row) => [h("span", { class: "mono break" }, row.source ?? "–"), h("div", { class: "small soft" }, [row.architecture, row.quantization].filter(Boolean).join(", "))] },
    { head: "Memory", align: "right", cell: (row) => bytes(row.memory_bytes || null) },
    { head: "In flight", align: "right", cell: (row) => `${count(row.in_flight ?? 0)}${(row.replicas ?? 1) > 1 ? ` on ${row.replicas}` : ""}` },
    { head: "Loaded", cell: (row) => h("span", { title: dateTime(row.loaded_at) }, row.loaded_at ? fromNow(row.loaded_at) : "–") },
    { head: "Last used", cell: (row) => h("span", { title: dateTime(row.last_used_at) }, fromNow(row.last_used_at)) },
    { head: "Actions", actions: true, cell: (row) => stateActions({ ...row, id: row.version }, refresh) },
  ], model.versions ?? []), (model.versions ?? []).filter((row) => row.error).map((row) => notice("bad", `${row.version}: ${row.error}`)));
}

const channelsOf = (model, row) => Object.entries(model.channels ?? {}).filter(([, number]) => number === row.number).map(([name]) => name);

/** Which version each channel means; null without several versions. */
export function channelForm(model, refresh) {
  const numbers = (model.versions ?? []).map((row) => row.number).filter((number) => number !== undefined && number !== null);
  if (numbers.length < 2) {
    return null;
  }
  const pickers = ["latest", "stable", "legacy"].map((name) => [name, select(numbers.map((number) => [String(number), `v${number}`]), String(model.channels?.[name] ?? ""), { "data-key": `channel-${name}` })]);
  pickers.filter(([name]) => model.channels?.[name] === undefined).forEach(([, control]) => (control.selectedIndex = -1));
  const submit = async (event) => {
    event.preventDefault();
    const wanted = Object.fromEntries(pickers.filter(([, control]) => control.value !== "").map(([name, control]) => [name, Number(control.value)]));
    try {
      await put(`admin/models/${segment(model.id)}/channels`, wanted);
      toast("Channels are switched");
    } catch (failed) {
      toast(failed.message);
    }
    await refresh();
  };
  return h("form", { class: "stack", onsubmit: submit },
    h("div", { class: "grid" }, pickers.map(([name, control]) => field(name, control))),
    h("div", {}, h("button", { class: "button", type: "submit" }, "Switch channels")));
}
