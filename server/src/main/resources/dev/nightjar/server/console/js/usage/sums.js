// Sums of usage rows: by day, token or model.

const MEMBERS = ["requests", "errors", "prompt_tokens", "completion_tokens", "cached_tokens"];

/** Rows that share what `key(row)` says become one: [{key, …sums}], in the order of the keys. */
export function sums(rows, key) {
  const found = new Map();
  for (const row of rows) {
    const name = key(row) ?? "–";
    const sum = found.get(name) ?? { key: name, ...Object.fromEntries(MEMBERS.map((member) => [member, 0])) };
    MEMBERS.forEach((member) => (sum[member] += row[member] ?? 0));
    found.set(name, sum);
  }
  return [...found.values()].toSorted((a, b) => a.key.localeCompare(b.key));
}

/** All days from one to another, both included, as YYYY-MM-DD. */
export function days(from, to) {
  const found = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`) && found.length < 400; at += 86400000) {
    found.push(new Date(at).toISOString().slice(0, 10));
  }
  return found;
}

/** The rows as a file for spreadsheets. */
export function csv(rows) {
  const columns = ["day", "token_id", "token_name", "model", ...MEMBERS];
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text; // no formulas
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${[columns, ...rows.map((row) => columns.map((name) => row[name]))].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
