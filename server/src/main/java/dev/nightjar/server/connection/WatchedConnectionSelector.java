package dev.nightjar.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * Serves a protocol over connections whose clients can be watched, see {@link ClientConnection}.
 */
public final class WatchedConnectionSelector implements ServerConnectionSelector {

    private final ServerConnectionSelector protocol;
    private final Connections connections;

    /** Puts the watch below {@code protocol}, and counts and times what it serves. */
    public WatchedConnectionSelector(ServerConnectionSelector protocol, Connections connections) {
        this.protocol = protocol;
        this.connections = connections;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return protocol.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return protocol.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return protocol.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        ConnectionClock clock = connections.add();
        ServerConnection connection =
                protocol.connection(new WatchedConnectionContext(context, clock));
        return new WatchedConnection(connection, () -> connections.remove(clock));
    }
}
