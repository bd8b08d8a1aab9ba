/**
 * Requests as OpenTelemetry traces, sent by OTLP over HTTP where a collector is configured.
 *
 * <p>May import {@code observe.request}, {@code observe.metric}, {@code json} and {@code yaml}.
 * Begin with {@link dev.nightjar.server.observe.trace.Tracer}.
 */
package dev.nightjar.server.observe.trace;
