// Reads Prometheus' text format: the histograms of it.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** All samples: [{name, labels, value}]. */
export function samples(text) {
  const found = [];
  for (const line of text.split("\n")) {
    const parts = line.startsWith("#") ? null : LINE.exec(line);
    if (parts) {
      found.push({ name: parts[1], labels: labelsOf(parts[2] ?? ""), value: Number(parts[3].replace("+Inf", "Infinity")) });
    }
  }
  return found;
}

function labelsOf(text) {
  const labels = {};
  for (const [, name, value] of text.matchAll(LABEL)) {
    labels[name] = value.replace(/\\(.)/g, (_, letter) => (letter === "n" ? "\n" : letter));
  }
  return labels;
}

/** A histogram's cumulative buckets per model: {model: Map(le → count)}; "" holds those without. */
export function buckets(all, name) {
  const found = {};
  for (const { labels, value } of all.filter((sample) => sample.name === `${name}_bucket`)) {
    const of = (found[labels.model ?? ""] ??= new Map());
    const end = labels.le === "+Inf" ? Infinity : Number(labels.le);
    of.set(end, (of.get(end) ?? 0) + value);
  }
  return found;
}
