// Work that repeats while somebody can see it.

/** Runs an async function now and every so often, not while the tab is hidden, until the signal. */
export function repeat(millis, work, signal) {
  let timer = null;
  let isBusy = false;
  const turn = async () => {
    if (isBusy || document.hidden || signal.aborted) {
      return;
    }
    isBusy = true;
    try {
      await work();
    } finally {
      isBusy = false;
    }
  };
  const start = () => {
    clearInterval(timer);
    if (!document.hidden && !signal.aborted) {
      turn();
      timer = setInterval(turn, millis);
    }
  };
  document.addEventListener("visibilitychange", start, { signal });
  signal.addEventListener("abort", () => clearInterval(timer));
  start();
}
