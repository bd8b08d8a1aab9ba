// Figures and times as people read them.

const whole = new Intl.NumberFormat("en");
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** 12,345 */
export const count = (value) => (value === null || value === undefined ? "–" : whole.format(Math.round(value)));

/** A number with no more digits than tell something. */
export function figure(value) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return "–";
  }
  const size = Math.abs(value);
  if (size >= 10000) {
    return size >= 1e6 ? `${trim((value / 1e6).toFixed(1))}M` : `${trim((value / 1e3).toFixed(1))}k`;
  }
  return trim(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2));
}

const trim = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** 1.5 GiB */
export function bytes(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : trim(size.toFixed(1))} ${UNITS[unit]}`;
}

/** Seconds as 340 ms, 1.2 s, 3 min 5 s. */
export function seconds(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  if (value === 0) {
    return "0 s";
  }
  if (value < 1) {
    return `${trim((value * 1000).toFixed(value < 0.01 ? 1 : 0))} ms`;
  }
  if (value < 60) {
    return `${value.toFixed(1)} s`;
  }
  const parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const words = [];
  let rest = Math.round(value);
  for (const [size, unit] of parts) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) {
      words.push(`${amount} ${unit}`);
    }
  }
  return words.slice(0, 2).join(" ");
}

const moment = (text) => (text === null || text === undefined || text === "" ? null : new Date(typeof text === "number" ? text * 1000 : text));

/** 2026-11-30 09:41 in the reader's own time zone. */
export function dateTime(text) {
  const date = moment(text);
  if (!date) {
    return "–";
  }
  const two = (value) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "3 min ago", "in 89 d". */
export function fromNow(text) {
  const date = moment(text);
  if (!date) {
    return "never";
  }
  const distance = (date.getTime() - Date.now()) / 1000;
  if (Math.abs(distance) < 5) {
    return "just now";
  }
  const words = seconds(Math.abs(distance)).split(" ").slice(0, 2).join(" ").replace(/\.\d+ s/, " s");
  return distance < 0 ? `${words} ago` : `in ${words}`;
}

/** "1 token", "3 tokens". */
export const plural = (amount, word) => `${count(amount)} ${word}${amount === 1 ? "" : "s"}`;
