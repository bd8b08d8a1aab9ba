// Puts a token into generated code, in the place where the code reads it from the environment.

const PLACES = {
  curl: [["$API_KEY", (token) => token]],
  python: [["{os.environ.get('API_KEY', '')}", (token) => token], ["import os\n\n", () => ""]],
  javascript: [['${process.env.API_KEY ?? ""}', (token) => token]],
  java: [['System.getenv().getOrDefault("API_KEY", "")', (token) => `"${token}"`]],
};

/** Only what cannot end a string in any of the languages. */
const HARMLESS = /^[A-Za-z0-9._~+/=-]+$/;

/** The code with the token in it; as it was where the token or the code is of another kind. */
export function withToken(code, language, token) {
  if (!HARMLESS.test(token)) {
    return code;
  }
  return (PLACES[language] ?? []).reduce((text, [place, put]) => text.replace(place, () => put(token)), code);
}

/** The same length of the same kind, but for the beginning: for the screen. */
export const masked = (token) => `${token.slice(0, 7)}${"•".repeat(12)}`;

/** Behind a proxy the server does not know its own address: the one that the console came from. */
export const withBase = (code, base) => code.replace(/https?:\/\/[^\s'"/]+\//, () => base.href);
