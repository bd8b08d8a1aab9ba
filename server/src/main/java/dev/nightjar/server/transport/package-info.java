/**
 * What stands between the network and the routes: limits of connections, a second listener,
 * proxies, and the headers that browsers ask for.
 *
 * <p>May import {@code yaml}, {@code tls}, {@code connection}, {@code api} and {@code error}. Begin
 * with {@link dev.nightjar.server.transport.TransportConfig}.
 */
package dev.nightjar.server.transport;
