/**
 * What went wrong, for a client: one table from failures to answers, and the wire forms of errors.
 *
 * <p>May import {@code json}, and the engine. Begin with {@link
 * dev.nightjar.server.error.ErrorTable}.
 */
package dev.nightjar.server.error;
