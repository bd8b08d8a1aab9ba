// Runs before anything is drawn, so that a chosen theme does not flash the other one first.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem("nightjar.theme");
  } catch {
    return; // storage is blocked: the system's theme it is
  }
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
})();
