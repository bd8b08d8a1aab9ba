/**
 * Knows when a client has left, even while nothing is written to it, and keeps its connection
 * usable for the next request.
 *
 * <p>Imports nothing of this module. Begin with {@link
 * dev.nightjar.server.connection.ClientConnection}.
 */
package dev.nightjar.server.connection;
