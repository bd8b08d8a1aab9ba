package dev.nightjar.server.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A Unix domain socket that answers one call for each connection: all bytes until the client ends
 * its half, then all bytes of the answer. Who may open the file is who may call.
 */
public final class ControlSocket implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ControlSocket.class.getName());
    private static final String NAME = "control.sock";

    /** Calls are short; whoever sends more is cut off. */
    private static final int MAX_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 8 << 10;

    private final ServerSocketChannel server;
    private final Path file;
    private final UnaryOperator<byte[]> answer;

    private ControlSocket(ServerSocketChannel server, Path file, UnaryOperator<byte[]> answer) {
        this.server = server;
        this.file = file;
        this.answer = answer;
    }

    /**
     * Listens in a folder that no other server uses; empty, and logged, where that cannot be done.
     *
     * @param answer answers a call; must not throw
     */
    public static Optional<ControlSocket> open(Path folder, UnaryOperator<byte[]> answer) {
        Path file = folder.resolve(NAME);
        try {
            Files.deleteIfExists(file); // of a server that was killed
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(file));
            restrict(file);
            ControlSocket socket = new ControlSocket(server, file, answer);
            Thread.ofVirtual().name("control-socket").start(socket::serve);
            return Optional.of(socket);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException failed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "commands such as ''token create'' need this server stopped, as {0} cannot be"
                            + " listened on: {1}",
                    file,
                    failed.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Calls the server that uses a folder; empty if none does.
     *
     * @throws IOException if it does not answer
     */
    public static Optional<byte[]> call(Path folder, byte[] call) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            if (!isConnected(client, file)) {
                return Optional.empty();
            }
            write(client, call);
            client.shutdownOutput();
            return Optional.of(read(client));
        }
    }

    /** A file that nobody listens on is one that a killed server left behind. */
    private static boolean isConnected(SocketChannel client, Path file) {
        try {
            return client.connect(UnixDomainSocketAddress.of(file));
        } catch (IOException refused) {
            return false;
        }
    }

    private static void restrict(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                write(client, answer.apply(read(client)));
            } catch (IOException ended) {
                // this client left, or the server closes
            }
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static byte[] read(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (all.size() > MAX_BYTES) {
                throw new IOException("more than %d bytes".formatted(MAX_BYTES));
            }
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.DEBUG, "the control socket was not removed", failed);
        }
    }
}
