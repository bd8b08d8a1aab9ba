/**
 * What callers used, by day, model and user: gathered in memory, written to the store every few
 * seconds, shown to administrators.
 *
 * <p>May import {@code store}, {@code limit.count}, {@code error}, {@code gate}, {@code yaml},
 * {@code api}, {@code json} and {@code route}. Begin with {@link
 * dev.nightjar.server.usage.UsageLedger}.
 */
package dev.nightjar.server.usage;
