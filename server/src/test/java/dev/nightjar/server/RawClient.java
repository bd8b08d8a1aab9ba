package dev.nightjar.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection written and read byte by byte. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    /** Small, as a client that reads ahead would not be slow. */
    private static final int BUFFER_BYTES = 512;

    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) {
        this(port, 0);
    }

    /** With a small window, so that the server cannot write ahead; 0 for the usual one. */
    public RawClient(int port, int receiveBufferBytes) {
        try {
            socket = new Socket();
            if (receiveBufferBytes > 0) {
                socket.setReceiveBufferSize(receiveBufferBytes);
            }
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Posts JSON, keeping the connection. */
    public RawClient post(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return write(
                "POST %s HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                                .formatted(path)
                        + "Content-Length: %d\r\n\r\n%s".formatted(body.length, json));
    }

    /** The same with one more header. */
    RawClient post(String path, String json, String header) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return write(
                "POST %s HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n%s\r\n"
                                .formatted(path, header)
                        + "Content-Length: %d\r\n\r\n%s".formatted(body.length, json));
    }

    public RawClient write(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads until the text stands in what was read, and returns all of it. */
    public String readUntil(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int matched = 0;
        try {
            while (matched < wanted.length) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError(
                            "expected '%s' before the end, found '%s'".formatted(text, read));
                }
                read.write(next);
                matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
            }
            return read.toString(StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException("after '" + read + "'", failed);
        }
    }

    /** Reads an answer with a content length. */
    public String readReply() {
        String head = readUntil("\r\n\r\n");
        int length =
                head.lines()
                        .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no length in " + head));
        try {
            return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One byte, or -1 at the end of the connection. */
    public int read() throws IOException {
        return in.read();
    }

    /** Ends the connection as a crashed client does. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
