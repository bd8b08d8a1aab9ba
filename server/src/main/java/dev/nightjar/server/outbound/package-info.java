/**
 * Whether this process may open connections to other machines, and what holds it to that.
 *
 * <p>Imports nothing of this module. Begin with {@link dev.nightjar.server.outbound.Outbound}.
 */
package dev.nightjar.server.outbound;
