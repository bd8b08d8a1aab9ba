// The console's own settings, and what the server says of itself.
import { base, get } from "../core/api.js";
import { description } from "../core/description.js";
import { fill, h } from "../core/dom.js";
import { count, dateTime, fromNow, seconds } from "../core/format.js";
import { save } from "../core/save.js";
import { keep, token, who } from "../core/session.js";
import { taskTitle } from "../core/tasks.js";
import { setTheme, theme } from "../core/theme.js";
import { choices } from "../widget/field.js";
import { badge, empty, failure, notice } from "../widget/notice.js";
import { card, pageHead, tiles } from "../widget/page.js";
import { table } from "../widget/table.js";
import { signInForm } from "./signin.js";

/** #/settings */
export async function settingsPage(root, _, signal) {
  const about = h("div");
  const limits = h("div");
  const audit = h("div");
  fill(root, pageHead("Settings", "How you use the console, and what this server is."),
    h("div", { class: "grid" }, tokenCard(), card("Appearance", choices("Theme", [["auto", "As the system"], ["light", "Light"], ["dark", "Dark"]], theme(), setTheme))),
    about, limits, audit);
  await Promise.all([
    part(about, "About", () => Promise.all([get("health", { signal }), get("stats", { signal }), description()]), drawAbout),
    part(limits, "Limits", () => get("admin/limits", { signal }), drawLimits),
    part(audit, "Audit log", () => get("admin/audit?limit=100", { signal }), drawAudit),
  ]);
}

/** A card that loads by itself: one that fails leaves the others alone. */
async function part(place, title, load, draw) {
  try {
    fill(place, draw(await load()));
  } catch (failed) {
    const isMissing = failed.isAbsent || [403, 501].includes(failed.status);
    fill(place, card(title, isMissing ? empty(failed.status === 403 ? "Your token may not see this" : "Not switched on at this server") : failure(failed)));
  }
}

function tokenCard() {
  const me = who();
  if (!token()) {
    return card("Your token", me.open
      ? h("p", {}, "This server asks nobody who they are: it can be reached from its own machine alone, or was started to be open.")
      : signInForm());
  }
  return card("Your token", h("div", { class: "stack tight" },
    h("div", { class: "row" }, h("strong", { class: "break" }, me.name || "a token"), me.admin && badge("admin", "calm"), me.tier && badge(`tier ${me.tier}`)),
    h("p", { class: "help" }, scopeText(me)),
    me.expires_at && isSoon(me.expires_at) && notice("warn", `It expires ${fromNow(me.expires_at)}: make another one in time.`),
    me.expires_at && !isSoon(me.expires_at) && h("p", { class: "help" }, `It expires ${fromNow(me.expires_at)}.`),
    h("p", { class: "help" }, "It is kept in this tab and forgotten with it; it is never part of an address."),
    h("div", {}, h("button", { class: "button", type: "button", onclick: () => keep(null) }, "Sign out"))));
}

const isSoon = (time) => Date.parse(time) - Date.now() < 7 * 86400000;

function scopeText(me) {
  const models = me.models?.length > 0 ? me.models.join(", ") : "every model";
  const tasks = me.tasks?.length > 0 ? me.tasks.map(taskTitle).join(", ") : "every task";
  return `May use ${models}; ${tasks}.`;
}

function drawAbout([health, stats, document]) {
  return card("About", h("div", { class: "stack" }, tiles([
    ["Version", health.version ?? document.info?.version ?? "–", "words"],
    ["State", badge(health.status, health.status === "ready" ? "good" : "warn"), "words"],
    ["Up for", seconds(stats.uptime_seconds), "words"],
    ["Models", count(stats.models?.length)],
    ["Routes", count(Object.keys(document.paths ?? {}).length)],
  ]), h("div", { class: "row" }, h("code", { class: "break" }, base.href), h("button", { class: "button small", type: "button", onclick: () => save("nightjar-openapi.json", "application/json", JSON.stringify(document, null, 2)) }, "Save the API description"), h("span", { class: "help" }, "The console loads nothing from anywhere but this server, and sends nothing elsewhere."))));
}

const HEADS = { requests_per_minute: "Requests/min", tokens_per_minute: "Tokens/min", concurrent_requests: "At once", tokens_per_day: "Tokens/day" };

function drawLimits({ tiers, callers }) {
  const limits = [...new Set((tiers ?? []).flatMap((tier) => Object.keys(tier)))].filter((name) => name !== "name");
  const members = [...new Set((callers ?? []).flatMap((caller) => Object.keys(caller)))];
  return h("div", { class: "stack" }, card("Limits", table("Limits of each tier", [
      { head: "Tier", cell: (row) => h("strong", {}, row.name) },
      ...limits.map((name) => ({ head: HEADS[name] ?? words(name), align: "right", cell: (row) => valueOf(row[name], "unlimited") })),
    ], tiers ?? [], { none: empty("No limits", "Every caller may send as much as the server can take.") }), { flush: true }),
    members.length > 0 && card("Current use", table("Current use of each caller", members.map((name) => ({ head: words(name), align: typeof callers[0][name] === "number" ? "right" : undefined, cell: (row) => valueOf(row[name], "–") })), callers), { flush: true }));
}

const words = (name) => name.replaceAll("_", " ");

function valueOf(value, none) {
  if (value === null || value === undefined) {
    return none;
  }
  return typeof value === "number" ? count(value) : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function drawAudit({ events }) {
  return card("Audit log", table("The last administrative actions", [
    { head: "When", cell: (row) => h("span", { class: "nowrap" }, dateTime(row.at)) },
    { head: "Who", cell: (row) => h("span", { class: "break" }, row.actor ?? "–") },
    { head: "Action", cell: (row) => h("code", {}, row.action) },
    { head: "On", cell: (row) => h("span", { class: "break" }, row.target ?? "–") },
    { head: "Outcome", cell: (row) => badge(row.outcome, /ok|success|done|allowed/.test(row.outcome ?? "") ? "good" : "bad") },
    { head: "From", cell: (row) => row.remote ?? "–" },
    { head: "Request", cell: (row) => h("span", { class: "mono soft break small" }, row.request_id ?? "–") },
  ], events ?? [], { none: empty("Nothing has been administered yet") }), { flush: true, text: "The last 100 administrative actions." });
}
