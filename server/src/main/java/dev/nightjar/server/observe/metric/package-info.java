/**
 * Counters, gauges and histograms with few labels, and the page that Prometheus reads.
 *
 * <p>May import the engine's {@code metrics} alone, so that everything of the server can count.
 * Begin with {@link dev.nightjar.server.observe.metric.MetricRegistry}.
 */
package dev.nightjar.server.observe.metric;
