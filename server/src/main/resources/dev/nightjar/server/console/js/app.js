// Begins here: finds out who calls, then shows the page that the fragment names.
import { ApiError, get } from "./core/api.js";
import { announce } from "./core/announce.js";
import { forgetDescription } from "./core/description.js";
import { fill, h } from "./core/dom.js";
import { go, place } from "./core/router.js";
import { noteWho, session, token } from "./core/session.js";
import { codePage } from "./page/code.js";
import { metricsPage } from "./page/metrics.js";
import { modelPage } from "./page/model.js";
import { modelsPage } from "./page/models.js";
import { playground } from "./page/playground.js";
import { settingsPage } from "./page/settings.js";
import { signInPage } from "./page/signin.js";
import { tokensPage } from "./page/tokens.js";
import { usagePage } from "./page/usage.js";
import { history } from "./plot/history.js";
import { drawNavigation, shell } from "./shell.js";
import { empty, failure, loading } from "./widget/notice.js";

const PAGES = { playground, models: modelsPage, tokens: tokensPage, code: codePage, metrics: metricsPage, usage: usagePage, settings: settingsPage };
const MAIN = document.getElementById("main");

let leave = new AbortController();

/** Shows the page of the fragment; the one before stops what it was doing. */
async function show({ focus = true } = {}) {
  leave.abort();
  leave = new AbortController();
  const { signal } = leave;
  const [name = "playground", ...rest] = place();
  const page = name === "models" && rest.length > 0 ? modelPage : PAGES[name];
  const root = h("div", { class: "page-in" }, loading());
  fill(MAIN, root);
  drawNavigation();
  try {
    await (page ? page(root, rest, signal) : fill(root, empty("No such page", "The address names nothing in the console.", h("a", { class: "button", href: "#/playground" }, "Playground"))));
  } catch (failed) {
    if (!signal.aborted) {
      fill(root, failure(failed, () => show()));
    }
  }
  if (!signal.aborted) {
    settle(root, focus);
  }
}

/** The title names the page, and whoever works by keyboard begins at its head. */
function settle(root, focus) {
  root.querySelector(".loading")?.closest(".page-in > .empty")?.remove();
  const title = root.querySelector("h1")?.textContent ?? "Console";
  document.title = `${title} · Nightjar`;
  if (focus) {
    root.querySelector("h1")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    announce(title);
  }
}

/** Who calls, as the server sees it; one without this route asks nobody. */
async function meet() {
  try {
    noteWho(await get("admin/whoami"));
  } catch (failed) {
    if (failed instanceof ApiError && failed.status !== 401) {
      noteWho({ authenticated: Boolean(token()), open: failed.isAbsent, admin: failed.isAbsent, name: "" });
    } else if (failed.status === 401) {
      noteWho({ authenticated: false, open: false, admin: false, name: "" });
      return false;
    }
  }
  return true;
}

function askForToken(reason) {
  leave.abort();
  leave = new AbortController();
  const root = h("div", { class: "page-in" });
  fill(MAIN, root);
  signInPage(root, reason);
  settle(root, true);
}

async function start({ focus }) {
  forgetDescription();
  history.forget();
  if (await meet()) {
    await show({ focus });
  }
}

session.addEventListener("needed", (event) => askForToken(event.detail));
session.addEventListener("change", () => start({ focus: true }));
window.addEventListener("hashchange", () => show());
if (place().length === 0) {
  go("playground");
}
shell();
start({ focus: false });
