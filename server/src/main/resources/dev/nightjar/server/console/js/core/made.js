// Tokens made in this tab, for the code that is shown with them. Gone when the tab is reloaded.

const made = [];

/** Notes a token that was just made: {id, name, token, models}. */
export const noteMade = (token) => made.push(token);

/** Forgets one, once it is revoked. */
export function forgetMade(id) {
  const at = made.findIndex((one) => one.id === id);
  if (at >= 0) {
    made.splice(at, 1);
  }
}

/** Those that may be used with a model, the newest first. */
export const madeFor = (model) => made.filter((one) => !one.models || one.models.length === 0 || one.models.includes(model)).toReversed();
