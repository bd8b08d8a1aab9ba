// Requests and tokens per token, model and day.
import { ApiError, get } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { count, plural } from "../core/format.js";
import { save } from "../core/save.js";
import { stacks } from "../plot/stacks.js";
import { csv, days, sums } from "../usage/sums.js";
import { choices, field } from "../widget/field.js";
import { empty, failure, loading } from "../widget/notice.js";
import { card, pageHead, tiles } from "../widget/page.js";
import { table } from "../widget/table.js";

const DAY = 86400000;
const SERIES = 6;
const FEW = 12;
const KEYS = { model: (row) => row.model, token: (row) => row.token_name ?? row.token_id };

const today = (back = 0) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);

/** #/usage */
export async function usagePage(root, _, signal) {
  const state = { rows: [], by: "model" };
  const from = h("input", { class: "input", type: "date", value: today(13), max: today() });
  const to = h("input", { class: "input", type: "date", value: today(), max: today() });
  const by = choices("Split by", [["model", "By model"], ["token", "By token"]], state.by, (value) => {
    state.by = value;
    draw();
  });
  const download = h("button", { class: "button", type: "button", onclick: () => save(`nightjar-usage-${from.value}-${to.value}.csv`, "text/csv", csv(state.rows)) }, "Download CSV");
  const place = h("div", { class: "stack" }, loading());
  const draw = () => {
    download.disabled = state.rows.length === 0;
    fill(place, state.rows.length === 0 ? card("Usage", empty("No requests in these days")) : shown(state, days(from.value, to.value)));
  };
  const load = async () => {
    try {
      state.rows = (await get(`admin/usage?from=${from.value}&to=${to.value}`, { signal })).rows;
      draw();
    } catch (failed) {
      if (failed.name !== "AbortError") {
        fill(place, isOff(failed) ? card("Usage", empty("This server counts no usage", "Usage per token, model and day is counted once the server has a store.")) : failure(failed, load));
      }
    }
  };
  [from, to].forEach((input) => input.addEventListener("change", () => input.value && load()));
  fill(root, pageHead("Usage", "Requests and tokens, counted per token, model and day (UTC). No text is kept.", field("From", from), field("To", to), h("div", { class: "field" }, h("span", { class: "label", "aria-hidden": "true" }, "Split"), by), h("div", { class: "field" }, h("span", { class: "label", "aria-hidden": "true" }, "File"), download)), place);
  await load();
}

const isOff = (failed) => failed instanceof ApiError && (failed.isAbsent || failed.status === 501);

function shown({ rows, by }, labels) {
  const key = KEYS[by];
  const total = sums(rows, () => "all")[0];
  const bySize = sums(rows, key).toSorted((a, b) => tokensOf(b) - tokensOf(a));
  return [
    h("section", { class: "card" }, tiles([
      ["requests", count(total.requests)],
      ["of them failed", count(total.errors)],
      ["prompt tokens", count(total.prompt_tokens)],
      ["from the cache", count(total.cached_tokens)],
      ["generated tokens", count(total.completion_tokens)],
    ])),
    card(`Tokens per day, by ${by}`, stacks(`Tokens per day by ${by}`, labels, seriesOf(rows, key, bySize, labels))),
    card(by === "model" ? "Models" : "Tokens", table("Totals", columns(by === "model" ? "Model" : "Token", (row) => row.key), bySize), { flush: true }),
    h("details", { class: "card panel", open: rows.length <= FEW }, h("summary", {}, `Every day (${plural(rows.length, "row")})`), table("Usage per day, token and model", [
      { head: "Day", cell: (row) => h("span", { class: "nowrap" }, row.day) },
      { head: "Token", cell: (row) => h("span", { class: "break" }, row.token_name ?? row.token_id ?? "–") },
      ...columns("Model", (row) => row.model),
    ], rows.toSorted((a, b) => b.day.localeCompare(a.day)))),
  ];
}

const tokensOf = (row) => row.prompt_tokens + row.completion_tokens;

const columns = (head, name) => [
  { head, cell: (row) => h("strong", { class: "break" }, name(row)) },
  { head: "Requests", align: "right", cell: (row) => count(row.requests) },
  { head: "Failed", align: "right", cell: (row) => count(row.errors) },
  { head: "Prompt", align: "right", cell: (row) => count(row.prompt_tokens) },
  { head: "Cached", align: "right", cell: (row) => count(row.cached_tokens) },
  { head: "Generated", align: "right", cell: (row) => count(row.completion_tokens) },
];

/** The largest get a colour of their own; the rest are one. */
function seriesOf(rows, key, bySize, labels) {
  const own = bySize.slice(0, bySize.length > SERIES ? SERIES - 1 : SERIES).map((sum) => sum.key);
  const groups = bySize.length > SERIES ? [...own, "others"] : own;
  return groups.map((name, i) => {
    const mine = rows.filter((row) => (own.includes(key(row) ?? "–") ? key(row) ?? "–" : "others") === name);
    const perDay = new Map(sums(mine, (row) => row.day).map((sum) => [sum.key, tokensOf(sum)]));
    return { name, style: `c${i}`, values: labels.map((label) => perDay.get(label) ?? 0) };
  });
}
