/**
 * Holding callers to the limits of their tier, and telling them what is left.
 *
 * <p>May import {@code limit.count}, {@code error}, {@code gate}, {@code yaml}, {@code api}, {@code
 * json}, {@code route} and {@code observe.metric}. Begin with {@link
 * dev.nightjar.server.limit.RateLimits}.
 */
package dev.nightjar.server.limit;
