// Who uses the console. The token lives in the tab alone: never in a URL, never on disk.

const KEY = "nightjar.token";

/** Fires "change" when somebody signs in or out, and "needed" when the server asks who calls. */
export const session = new EventTarget();

let memory = null;
let caller = { authenticated: false, open: true, admin: true, name: "", models: null, tasks: null, tier: null };

/** The token, or null. */
export function token() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return memory; // storage is blocked: until the tab is reloaded
  }
}

/** Keeps a token, or forgets it (null), and tells who wants to know. */
export function keep(value) {
  memory = value;
  try {
    if (value) {
      sessionStorage.setItem(KEY, value);
    } else {
      sessionStorage.removeItem(KEY);
    }
  } catch {
    // kept in memory
  }
  session.dispatchEvent(new Event("change"));
}

/** What the server knows of the caller: {authenticated, open, admin, name, models, tasks, tier}. */
export function who() {
  return caller;
}

/** Notes what the server said of the caller. */
export function noteWho(value) {
  caller = value;
  session.dispatchEvent(new Event("who"));
}

/** The server wants a token, or another one. */
export function needToken(reason) {
  session.dispatchEvent(new CustomEvent("needed", { detail: reason }));
}
