/**
 * What happened in the last minute: rates and percentiles from snapshots of counters.
 *
 * <p>May import {@code catalog} and the engine. Begin with {@link
 * dev.nightjar.server.observe.live.LiveWindow}.
 */
package dev.nightjar.server.observe.live;
