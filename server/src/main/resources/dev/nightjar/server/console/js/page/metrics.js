// What the server does, live.
import { fill, h } from "../core/dom.js";
import { bytes, count, figure, seconds } from "../core/format.js";
import { history } from "../plot/history.js";
import { LinePlot } from "../plot/line.js";
import { gauge, quantile, rate } from "../plot/series.js";
import { choices, field, select } from "../widget/field.js";
import { failure, loading } from "../widget/notice.js";
import { pageHead, tiles } from "../widget/page.js";

const share = (value) => (value === null ? "–" : `${figure(value * 100)} %`);

/** #/metrics */
export function metricsPage(root, _, signal) {
  history.start();
  const state = { minutes: 5, model: "" };
  const model = select([["", "All models"]], "", { onchange: () => {
    state.model = model.value;
    draw();
  } });
  const span = choices("Time", [[5, "5 min"], [15, "15 min"]], 5, (value) => {
    state.minutes = value;
    draw();
  });
  const top = h("div");
  const plots = plotsOf();
  const draw = () => show(top, plots, model, state);
  fill(root,
    pageHead("Metrics", "Live while this page is in sight; nothing is kept beyond a quarter of an hour. For longer, let Prometheus read /metrics.", field("Model", model), h("div", { class: "field" }, h("span", { class: "label", "aria-hidden": "true" }, "Time"), span)),
    top, h("div", { class: "plots" }, plots.map(({ plot }) => plot.element)));
  history.addEventListener("sample", draw, { signal });
  draw();
}

/** The plots, each with what it draws of samples. */
function plotsOf() {
  const one = (plot, read) => ({ plot, read });
  const lines = (key) => (samples, model) => [["p50", 0.5], ["p95", 0.95], ["p99", 0.99]].map(([name, part], i) => line(name, [0, 2, 1][i], quantile(samples, key, part, model)));
  return [
    one(new LinePlot("Requests per second", figure, { area: true }), (samples) => byStatus(samples)),
    one(new LinePlot("Tokens per second", figure, { area: true }), (samples, model) => [
      line("generated", 0, rate(samples, of(model, "generated_tokens"))),
      line("computed", 2, rate(samples, of(model, "computed_tokens"))),
    ]),
    one(new LinePlot("Sequences", figure), (samples, model) => [
      line("running", 0, gauge(samples, of(model, "sequences_running"))),
      line("waiting", 1, gauge(samples, waiting(model))),
    ]),
    one(new LinePlot("KV cache in use", share, { area: true }), (samples, model) => [line("blocks", 3, gauge(samples, kvShare(model)))]),
    one(new LinePlot("Time to first token", seconds), lines("ttft")),
    one(new LinePlot("Time between tokens", seconds), lines("itl")),
    one(new LinePlot("Time in the queue", seconds), lines("queue")),
    one(new LinePlot("Steps per second", figure), (samples, model) => [line("steps", 4, rate(samples, of(model, "steps")))]),
  ];
}

const line = (name, colour, points) => ({ name, style: `c${colour}`, points });

const chosen = (stats, model) => stats.models.filter((one) => model === "" || one.id === model);

/** Sums a member over the models that are looked at. */
const of = (model, member) => (stats) => chosen(stats, model).reduce((sum, one) => sum + (one[member] ?? 0), 0);

const waiting = (model) => (stats) => chosen(stats, model).reduce((sum, one) => sum + (one.sequences_waiting ?? one.requests_waiting ?? 0), 0);

const kvShare = (model) => (stats) => {
  const total = of(model, "kv_blocks_total")(stats);
  return total > 0 ? 1 - of(model, "kv_blocks_free")(stats) / total : null;
};

/** Answers that are well, and those that are not: of the whole server, as statuses know no model. */
function byStatus(samples) {
  const sum = (accept) => (stats) => Object.entries(stats.http?.requests_by_status ?? {}).filter(([status]) => accept(Number(status))).reduce((total, [, value]) => total + value, 0);
  return [
    line("answered", 0, rate(samples, sum((status) => status < 400))),
    line("refused", 4, rate(samples, sum((status) => status >= 400 && status < 500))),
    line("failed", 5, rate(samples, sum((status) => status >= 500))),
  ];
}

function show(top, plots, model, state) {
  const samples = history.samples;
  if (samples.length === 0) {
    fill(top, history.trouble ? failure(history.trouble) : loading("Taking the first sample"));
    plots.forEach(({ plot }) => (plot.element.hidden = true));
    return;
  }
  const now = samples.at(-1).stats;
  fillModels(model, now.models.map((one) => one.id));
  fill(top, h("section", { class: "card" }, history.trouble && failure(history.trouble), tiles([
    ["up for", seconds(now.uptime_seconds)],
    now.process?.resident_bytes && ["memory", bytes(now.process.resident_bytes)],
    ["answering now", count(now.http?.requests_in_flight)],
    ["tokens generated", figure(of(state.model, "generated_tokens")(now))],
    ["taken from cache", figure(of(state.model, "cached_tokens")(now))],
    ["sequences finished", figure(of(state.model, "sequences_finished")(now))],
    ["preemptions", figure(of(state.model, "preemptions")(now))],
  ].filter(Boolean))));
  const to = samples.at(-1).at;
  plots.forEach(({ plot, read }) => {
    const series = read(samples, state.model);
    plot.element.hidden = series.every((one) => one.points.every(([, value]) => value === null)) && !hasHistogram(samples, plot);
    if (!plot.element.hidden) {
      plot.show(series, to - state.minutes * 60000, to);
    }
  });
}

/** Latencies are shown empty where the server measures them and nothing has run yet. */
function hasHistogram(samples, plot) {
  const key = { "Time to first token": "ttft", "Time between tokens": "itl", "Time in the queue": "queue" }[plot.title];
  return key !== undefined && Object.keys(samples.at(-1).histograms[key]).length > 0;
}

function fillModels(control, ids) {
  if (control.options.length !== ids.length + 1) {
    const before = control.value;
    fill(control, h("option", { value: "" }, "All models"), ids.map((id) => h("option", { value: id }, id)));
    control.value = before;
  }
}
