/**
 * What operators look at: health, metrics and the access log; what is counted is declared by {@code
 * observe.metric}.
 *
 * <p>May import everything below the dialects, and the engine. Begin with {@link
 * dev.nightjar.server.observe.Observations}.
 */
package dev.nightjar.server.observe;
