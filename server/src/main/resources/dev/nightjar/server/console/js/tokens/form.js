// "+ Add new token": name, expiry, scopes. What comes back is shown once.
import { post, segment } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { noteMade } from "../core/made.js";
import { keep, who } from "../core/session.js";
import { openDialog } from "../widget/dialog.js";
import { check, field, select, textInput } from "../widget/field.js";
import { failure, notice } from "../widget/notice.js";
import { showOnce } from "./once.js";
import { scopes } from "./scopes.js";

const DAY = 86400;
const PERIODS = [[7 * DAY, "7 days"], [30 * DAY, "30 days"], [90 * DAY, "90 days"], [365 * DAY, "1 year"], ["custom", "Until a date…"], ["never", "Never"]];

/** Opens the form; `model` presets the scope to one model. Resolves to whether one was made. */
export async function addToken({ model, models, tasks, tiers }) {
  const isFirst = who().open; // with its first token a server begins to ask everybody
  const made = await openDialog("Add new token", (close) => build(close, { model: isFirst ? undefined : model, models, tasks, tiers, isFirst }));
  if (!made) {
    return false;
  }
  noteMade({ id: made.id, name: made.name, token: made.token, models: made.models });
  await showOnce(made);
  if (isFirst && made.admin) {
    keep(made.token);
  }
  return true;
}

function build(close, { model, models, tasks, tiers, isFirst }) {
  const name = textInput({ required: true, maxlength: 100, placeholder: "new-token", "data-first": true });
  const expiry = expiryFields();
  const scope = scopes({ model, models, tasks });
  const admin = check("May administer this server", { checked: isFirst, help: "Load and remove models, make and revoke tokens, read usage and the audit log." });
  const tier = select([["", "default"], ...tiers.map((one) => [one, one])]);
  const trouble = h("div");
  const id = "add-token";
  const submit = async (event) => {
    event.preventDefault();
    fill(trouble);
    try {
      const body = { name: name.value.trim(), ...expiry.values(), ...scope.values(), ...(admin.input.checked ? { admin: true } : {}), ...(tier.value ? { tier: tier.value } : {}) };
      close(await post(model ? `admin/models/${segment(model)}/tokens` : "admin/tokens", body));
    } catch (failed) {
      fill(trouble, failed.status === undefined ? notice("bad", failed.message) : failure(failed));
    }
  };
  return {
    body: h("form", { class: "stack", id, onsubmit: submit },
      isFirst && notice("calm", h("strong", {}, "The first token is an administrator's."), "From then on this server answers nobody without one. The console signs in with it; programs need tokens of their own."),
      field("Name", name, "What it is for; one token per application makes it easy to revoke one."),
      expiry.element, scope.element, !model && admin.element,
      tiers.length > 0 && field("Tier", tier, "Which limits hold for it."), trouble),
    foot: [
      h("button", { class: "button", type: "button", onclick: () => close() }, "Cancel"),
      h("button", { class: "button main", type: "submit", form: id }, "Generate token"),
    ],
  };
}

function expiryFields() {
  const period = select(PERIODS.map(([value, title]) => [String(value), title]), String(90 * DAY));
  const date = h("input", { class: "input", type: "date", min: new Date(Date.now() + 1000 * DAY).toISOString().slice(0, 10), "aria-label": "Expires at the end of this day" });
  const place = h("div", { hidden: true }, date);
  const remark = h("div");
  period.addEventListener("change", () => {
    place.hidden = period.value !== "custom";
    fill(remark, period.value === "never" && notice("warn", "A token that never expires works until somebody revokes it."));
  });
  return {
    element: h("div", { class: "stack tight" }, field("Expires after", period), place, remark),
    values: () => {
      if (period.value === "never") {
        return { never_expires: true };
      }
      if (period.value === "custom") {
        return { expires_at: endOf(date.value) };
      }
      return { expires_in: Number(period.value) };
    },
  };
}

function endOf(day) {
  const end = new Date(`${day}T23:59:59`);
  if (Number.isNaN(end.getTime())) {
    throw new Error("Choose the day that the token expires on.");
  }
  return end.toISOString().replace(/\.\d+Z/, "Z");
}
