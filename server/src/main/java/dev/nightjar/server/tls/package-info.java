/**
 * Encrypted connections: which certificate and key the server shows, which clients it believes, and
 * how it takes new files without a restart.
 *
 * <p>May import {@code yaml}. Begin with {@link dev.nightjar.server.tls.TlsConfig}, then {@link
 * dev.nightjar.server.tls.ServerTls}.
 */
package dev.nightjar.server.tls;
