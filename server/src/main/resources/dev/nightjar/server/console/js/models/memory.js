// How much of the memory budget the loaded models take.
import { h } from "../core/dom.js";
import { bytes } from "../core/format.js";
import { meter } from "../widget/meter.js";

const TONES = 6;

/** A bar with a part per loaded model, and a legend. */
export function memoryCard(models, memory) {
  const parts = loaded(models)
    .toSorted((a, b) => b.value - a.value)
    .map((part, i) => ({ ...part, style: `c${i % TONES}`, tone: `var(--d${i % TONES})` }));
  const used = memory?.used_bytes ?? parts.reduce((sum, part) => sum + part.value, 0);
  const budget = memory?.budget_bytes ?? null;
  const words = budget ? `${bytes(used)} of ${bytes(budget)} used` : `${bytes(used)} used, no budget set`;
  return h("section", { class: "card stack tight" },
    h("div", { class: "row spread" }, h("h2", {}, "Memory"), h("span", { class: "number" }, words)),
    meter(parts, budget ?? used, words),
    h("ul", { class: "legend" }, parts.map((part) => h("li", { class: part.style }, `${part.id} `, h("b", {}, bytes(part.value))))));
}

/** What is in memory, each once: several names may share a model. */
function loaded(models) {
  const found = new Map();
  for (const version of models.flatMap((model) => model.versions ?? [])) {
    if (isInMemory(version)) {
      const id = version.model ?? version.version;
      found.set(id, { id, value: version.memory_bytes });
    }
  }
  return [...found.values()];
}

const isInMemory = (version) => version.memory_bytes > 0 && version.state !== "unloaded" && version.state !== "failed";

/** Bytes of all versions of a model that are in memory. */
export const memoryOf = (model) => (model.versions ?? []).filter(isInMemory).reduce((sum, version) => sum + version.memory_bytes, 0);
