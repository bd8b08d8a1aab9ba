package dev.nightjar.server.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection whose input goes through a {@link ReadAhead}; all else is the original's. */
final class WatchedConnectionContext implements ConnectionContext {

    private final ConnectionContext original;
    private final ConnectionClock clock;
    private final DataReader reader;
    private final DataWriter writer;
    private final ClientConnection client;

    WatchedConnectionContext(ConnectionContext original, ConnectionClock clock) {
        ReadAhead input = new ReadAhead(() -> nextBytes(original.dataReader()));
        this.original = original;
        this.clock = clock;
        this.reader = DataReader.create(() -> timed(input));
        this.writer = new TimedWriter(original.dataWriter(), clock);
        this.client = new ClientConnection(original.remotePeer(), input);
    }

    ConnectionClock clock() {
        return clock;
    }

    private byte[] timed(ReadAhead input) {
        byte[] bytes = null;
        clock.readBegins(System.nanoTime());
        try {
            bytes = input.get();
            return bytes;
        } finally {
            clock.readEnds(bytes == null ? 0 : bytes.length, System.nanoTime());
        }
    }

    /** Goes through the original reader: it may hold bytes that told the protocol. */
    private static byte[] nextBytes(DataReader reader) {
        try {
            reader.ensureAvailable();
            return reader.readBytes(reader.available());
        } catch (InsufficientDataAvailableException end) {
            return null;
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public PeerInfo remotePeer() {
        return client;
    }

    @Override
    public ListenerContext listenerContext() {
        return original.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return original.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public Router router() {
        return original.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return original.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return original.serverSocket();
    }

    @Override
    public PeerInfo localPeer() {
        return original.localPeer();
    }

    @Override
    public boolean isSecure() {
        return original.isSecure();
    }

    @Override
    public String socketId() {
        return original.socketId();
    }

    @Override
    public String childSocketId() {
        return original.childSocketId();
    }
}
