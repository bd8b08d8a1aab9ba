// Light, dark, or what the system says.

const KEY = "nightjar.theme";

/** "auto", "light" or "dark". */
export function theme() {
  return document.documentElement.dataset.theme ?? "auto";
}

/** Changes the theme and remembers it. */
export function setTheme(value) {
  if (value === "auto") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = value;
  }
  try {
    if (value === "auto") {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, value);
    }
  } catch {
    // until the tab is reloaded
  }
}
