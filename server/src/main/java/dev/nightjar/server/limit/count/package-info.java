/**
 * Counting what callers use, and deciding whether one more request has room: in the memory of a
 * node, or in a store that several nodes share.
 *
 * <p>Imports nothing of this module. Begin with {@link dev.nightjar.server.limit.count.Limiter}.
 */
package dev.nightjar.server.limit.count;
