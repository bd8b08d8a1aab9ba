/**
 * What operators look at: health, metrics and the access log.
 *
 * <p>May import {@code error}, {@code api} and {@code json}, and the engine. Begin with {@link
 * dev.nightjar.server.observe.HealthRoutes}.
 */
package dev.nightjar.server.observe;
