// From samples to lines: rates of counters, gauges, percentiles of histograms.
import { percentile } from "./scale.js";

const RATE_SAMPLES = 3;
const PERCENTILE_SAMPLES = 15;

/** A longer silence is a gap: the tab was hidden. */
export const GAP = 10_000;

/** Points [time, value] of a gauge. */
export const gauge = (samples, read) => samples.map((sample) => [sample.at, read(sample.stats) ?? null]);

/** Points of a counter's growth per second, over a few samples. */
export function rate(samples, read) {
  return samples.map((sample, i) => {
    const earlier = samples[Math.max(0, i - RATE_SAMPLES)];
    const span = sample.at - earlier.at;
    if (span <= 0 || span > GAP * RATE_SAMPLES) {
      return [sample.at, null];
    }
    const grown = (read(sample.stats) ?? 0) - (read(earlier.stats) ?? 0);
    return [sample.at, grown < 0 ? null : (grown * 1000) / span]; // fewer than before: restarted
  });
}

/** Points of a percentile of what a histogram saw in the last half minute. */
export function quantile(samples, key, share, model) {
  return samples.map((sample, i) => {
    const earlier = samples[Math.max(0, i - PERCENTILE_SAMPLES)];
    const now = merged(sample.histograms[key], model);
    const before = merged(earlier.histograms[key], model);
    const ends = [...now.keys()].sort((a, b) => a - b);
    const grown = ends.map((end) => now.get(end) - (before.get(end) ?? 0));
    const counts = grown.map((value, k) => value - (k > 0 ? grown[k - 1] : 0));
    return [sample.at, counts.some((value) => value < 0) ? null : percentile(share, ends, counts)];
  });
}

function merged(byModel, model) {
  const sum = new Map();
  for (const [name, of] of Object.entries(byModel ?? {})) {
    if (model === "" || name === model) {
      of.forEach((value, end) => sum.set(end, (sum.get(end) ?? 0) + value));
    }
  }
  return sum;
}

/** The last value that is known. */
export const latest = (points) => points.findLast(([, value]) => value !== null)?.[1] ?? null;
