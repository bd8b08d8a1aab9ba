/**
 * Load on a server for minutes to hours, with clients that leave and requests that are nonsense,
 * and what that does to its memory.
 *
 * <p>May import {@code json} and {@code statistics}. Begin with {@link
 * dev.nightjar.server.soak.Soak}.
 */
package dev.nightjar.server.soak;
