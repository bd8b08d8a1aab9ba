// The models of this server: what the admin API knows of them, and what every caller may see.
import { ApiError, get, segment } from "./api.js";

/** From the admin API: {models, memory}; null where the caller may not, or there is none. */
export async function managed(signal) {
  try {
    return await get("admin/models", { signal });
  } catch (failed) {
    if (failed instanceof ApiError && (failed.isAbsent || failed.status === 403 || failed.status === 404)) {
      return null;
    }
    throw failed;
  }
}

/** One model from the admin API. */
export const managedModel = (id, signal) => get(`admin/models/${segment(id)}`, { signal });

/** Those that a caller may name, from the public list: {id, task, status, limits…}. */
export async function served(signal) {
  const list = await get("api/v1/models", { signal });
  return list.models ?? list.data ?? [];
}

/** The ids that answer a task, loaded ones first; a server without tasks in its list has all. */
export async function idsFor(word, signal) {
  const all = await served(signal);
  const fit = all.filter((model) => !model.task || sameTask(model.task, word));
  return [...fit.filter(isReady), ...fit.filter((model) => !isReady(model))];
}

const isReady = (model) => (model.status ?? "ready") === "ready";

/** The admin API may shorten names: generate, embed, rerank, classify. */
export function sameTask(one, other) {
  const stem = (text) => text.toLowerCase().replace(/^text-/, "").slice(0, 5);
  return stem(one) === stem(other);
}

const TONES = { ready: "good", loading: "calm", draining: "warn", failed: "bad", unloaded: "" };

/** The colour of a state. */
export const stateTone = (state) => TONES[state] ?? "";
