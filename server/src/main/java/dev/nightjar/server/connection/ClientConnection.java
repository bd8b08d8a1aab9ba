package dev.nightjar.server.connection;

import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.http.ServerRequest;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

/**
 * The client at the other end of a connection: who it is, and whether it is still there. A request
 * carries it as its remote peer, see {@link #of}.
 */
public final class ClientConnection implements PeerInfo {

    private final PeerInfo peer;
    private final ReadAhead input;

    ClientConnection(PeerInfo peer, ReadAhead input) {
        this.peer = peer;
        this.input = input;
    }

    /**
     * The connection that a request came in on.
     *
     * @throws IllegalStateException if the listener was built without {@link
     *     WatchedConnectionSelector}
     */
    public static ClientConnection of(ServerRequest request) {
        if (request.remotePeer() instanceof ClientConnection client) {
            return client;
        }
        throw new IllegalStateException(
                "the connection is not watched; add a WatchedConnectionSelector to the listener");
    }

    /**
     * Watches the client until the watch is closed. A client that closes its connection, or just
     * its sending half, counts as gone; one that sends its next request early does not, and from
     * then on only a failing write tells.
     *
     * <p>Called by the thread of the request, after it has read the request's whole body.
     *
     * @param onGone runs at most once, on the watching thread, and must not block
     */
    public ClientWatch watch(Runnable onGone) {
        ClientWatch watch = new ClientWatch(onGone);
        input.start().whenComplete((bytes, failure) -> watch.readEnded(bytes == null));
        return watch;
    }

    @Override
    public SocketAddress address() {
        return peer.address();
    }

    @Override
    public String host() {
        return peer.host();
    }

    @Override
    public int port() {
        return peer.port();
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
        return peer.tlsPrincipal();
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
        return peer.tlsCertificates();
    }
}
