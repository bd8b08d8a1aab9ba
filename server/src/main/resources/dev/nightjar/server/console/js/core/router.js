// Pages by the fragment of the URL, so that the console works below any prefix.

/** The segments behind "#/", decoded. */
export function place() {
  return location.hash
    .replace(/^#\/?/, "")
    .split("?")[0]
    .split("/")
    .filter((part) => part !== "")
    .map(decoded);
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The fragment for these segments. */
export const link = (...segments) => `#/${segments.map(encodeURIComponent).join("/")}`;

/** Goes there. */
export function go(...segments) {
  location.hash = link(...segments);
}
