/**
 * Results that would come out the same again, kept for a while: what they are found by, how long
 * they stay, and what the answer's header says of it.
 *
 * <p>May import {@code gate}, {@code yaml} and {@code observe.metric}. Begin with {@link
 * dev.nightjar.server.cache.ResponseCache}.
 */
package dev.nightjar.server.cache;
