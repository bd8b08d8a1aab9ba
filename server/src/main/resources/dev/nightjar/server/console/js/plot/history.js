// What the server did in the last quarter of an hour, sampled while the console is in sight.
import { get, send } from "../core/api.js";
import { repeat } from "../core/poll.js";
import { buckets, samples } from "./prometheus.js";

const EVERY = 2000;
const KEPT = 15 * 60 * 1000;

/** Histograms that plots are drawn of. */
const HISTOGRAMS = {
  ttft: "nightjar_time_to_first_token_seconds",
  itl: "nightjar_inter_token_seconds",
  queue: "nightjar_queue_seconds",
};

/** Samples in the order of time: {at, stats, histograms: {ttft: {model: buckets}}}. */
class History extends EventTarget {
  constructor() {
    super();
    this.samples = [];
    this.trouble = null;
    this.stopper = null;
  }

  /** Samples from now on, until `forget`. */
  start() {
    if (this.stopper === null) {
      this.stopper = new AbortController();
      repeat(EVERY, () => this.sample(this.stopper.signal), this.stopper.signal);
    }
  }

  /** Another caller may see other things. */
  forget() {
    this.stopper?.abort();
    this.stopper = null;
    this.samples = [];
  }

  async sample(signal) {
    try {
      const [stats, text] = await Promise.all([
        get("stats", { signal }),
        send("GET", "metrics", { signal, headers: { Accept: "text/plain" } }).then((response) => response.text()),
      ]);
      const all = samples(text);
      const histograms = Object.fromEntries(Object.entries(HISTOGRAMS).map(([key, name]) => [key, buckets(all, name)]));
      this.samples.push({ at: Date.now(), stats, histograms });
      this.samples = this.samples.filter((sample) => sample.at > Date.now() - KEPT);
      this.trouble = null;
    } catch (failed) {
      if (failed.name === "AbortError") {
        return;
      }
      this.trouble = failed;
    }
    this.dispatchEvent(new Event("sample"));
  }
}

/** The one of this tab. */
export const history = new History();
