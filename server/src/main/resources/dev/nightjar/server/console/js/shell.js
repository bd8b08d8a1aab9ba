// What stands around every page: navigation, the server's state, who is signed in, the theme.
import { get } from "./core/api.js";
import { fill, h, s } from "./core/dom.js";
import { repeat } from "./core/poll.js";
import { place } from "./core/router.js";
import { keep, session, token, who } from "./core/session.js";
import { setTheme, theme } from "./core/theme.js";
import { choices } from "./widget/field.js";

const PAGES = [
  ["playground", "Playground", "M4 5h16v11H9l-5 4V5Z"],
  ["models", "Models", "M12 3l8 4.500v9L12 21l-8-4.500v-9L12 3Zm0 9 8-4.500M12 12v9m0-9L4 7.5"],
  ["tokens", "Access tokens", "M14.5 4a5.5 5.5 0 1 1-4.600 8.500L4 18.400V21h3v-2h2v-2h2l1.300-1.300M16.5 7.500h.01"],
  ["code", "Code", "M8 7l-5 5 5 5m8-10 5 5-5 5M13.5 5l-3 14"],
  ["metrics", "Metrics", "M3 12h4l3-8 4 16 3-8h4"],
  ["usage", "Usage", "M4 20V10m5.300 10V4m5.400 16v-8M20 20V7"],
  ["settings", "Settings", "M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.500v5m-7 5v5"],
];

/** Those that show nothing to others. */
const ADMIN_PAGES = new Set(["tokens", "usage"]);

/** Draws the frame; it follows who is signed in until the page is left. */
export function shell() {
  const side = document.getElementById("side");
  const menu = document.getElementById("menu");
  const open = (isOpen) => {
    side.dataset.open = String(isOpen);
    menu.setAttribute("aria-expanded", String(isOpen));
  };
  menu.addEventListener("click", () => open(side.dataset.open !== "true"));
  window.addEventListener("hashchange", () => open(false));
  side.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      open(false);
      menu.focus();
    }
  });
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault(); // the fragment names the page
    document.getElementById("main").focus();
  });
  ["who", "change"].forEach((name) => session.addEventListener(name, () => {
    drawNavigation();
    drawEnd();
  }));
  drawNavigation();
  drawEnd();
  repeat(10000, watch, new AbortController().signal);
}

/** Marks the page that is shown. */
export function drawNavigation() {
  const current = place()[0] ?? "playground";
  const shown = PAGES.filter(([key]) => who().admin || !ADMIN_PAGES.has(key));
  fill(document.getElementById("nav"), shown.map(([key, title, path]) =>
    h("a", { href: `#/${key}`, "aria-current": key === current ? "page" : undefined }, s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: path })), title)));
}

const health = h("span", {}, "…");
const dot = h("span", { class: "dot", "aria-hidden": "true" });

/** Whether the server is there; /health/ready asks nobody for a token. */
async function watch() {
  let state = "unreachable";
  try {
    state = (await get("health/ready")).status;
  } catch (failed) {
    state = failed.status === 503 ? "not ready" : "unreachable";
  }
  health.textContent = `Server: ${state}`;
  dot.className = `dot ${{ ready: "good", "not ready": "warn" }[state] ?? "bad"}`;
}

function drawEnd() {
  const me = who();
  fill(document.getElementById("side-end"),
    h("div", { class: "health" }, dot, health),
    token()
      ? h("div", { class: "row spread" }, h("span", { class: "break" }, me.name || "Signed in", me.admin ? " (admin)" : ""), h("button", { class: "button small quiet", type: "button", onclick: () => keep(null) }, "Sign out"))
      : me.open && h("div", {}, "Open: no token is needed"),
    choices("Theme", [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"]], theme(), setTheme));
}
