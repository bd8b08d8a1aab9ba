// Round steps for axes.

/** Ticks from 0 to at least `most`: about `wanted` of them, at 1, 2, 2.5 or 5 times a power of ten. */
export function ticks(most, wanted = 4) {
  const top = most > 0 ? most : 1;
  const rough = top / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 2.5, 5, 10].find((factor) => power * factor >= rough * 0.999);
  const found = [];
  for (let i = 0; i * step < top + step * 0.999 || i < 2; i++) {
    found.push(i * step);
  }
  return found;
}

/** Percentile of a histogram: counts per bucket and the buckets' upper ends, the last infinite. */
export function percentile(share, ends, counts) {
  const total = counts.reduce((sum, value) => sum + value, 0);
  if (total <= 0) {
    return null;
  }
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    if (below + counts[i] >= share * total && counts[i] > 0) {
      const start = i === 0 ? 0 : ends[i - 1];
      const end = Number.isFinite(ends[i]) ? ends[i] : start;
      return start + ((end - start) * (share * total - below)) / counts[i];
    }
    below += counts[i];
  }
  return null;
}
