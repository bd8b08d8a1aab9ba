package dev.nightjar.server.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A hub on this machine with one model, that can break a transfer once. */
final class SmallHub implements AutoCloseable {

    static final String MODEL = "owner/name";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final Map<String, byte[]> files;
    private final HttpServer server;
    private final Set<String> cuts = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesSent = new AtomicLong();
    private final List<String> ranges = new CopyOnWriteArrayList<>();

    SmallHub(Map<String, byte[]> files) throws IOException {
        this.files = files;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        answer(exchange);
                    }
                });
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Breaks the next transfer of the file half way. */
    void cutOnce(String path) {
        cuts.add(path);
    }

    /** Bytes of files sent so far. */
    long bytesSent() {
        return bytesSent.get();
    }

    /** What the requests for files asked for, in their order. */
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String resolve = "/" + MODEL + "/resolve/" + COMMIT + "/";
        if (path.equals("/api/models/" + MODEL + "/revision/main")) {
            json(exchange, "{\"sha\": \"" + COMMIT + "\"}");
        } else if (path.equals("/api/models/" + MODEL + "/tree/" + COMMIT)) {
            json(
                    exchange,
                    files.keySet().stream()
                            .map(this::entry)
                            .collect(Collectors.joining(",", "[", "]")));
        } else if (path.startsWith(resolve)) {
            send(exchange, path.substring(resolve.length()));
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private void send(HttpExchange exchange, String path) throws IOException {
        byte[] bytes = files.get(path);
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(path + " " + range);
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
        }
        int length = bytes.length - from;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
        int sent = cuts.remove(path) ? length / 2 : length;
        exchange.getResponseBody().write(bytes, from, sent);
        exchange.getResponseBody().flush();
        bytesSent.addAndGet(sent);
    }

    private String entry(String path) {
        byte[] bytes = files.get(path);
        return "{\"type\":\"file\",\"path\":\"%s\",\"size\":%d,\"lfs\":{\"oid\":\"%s\",\"size\":%d}}"
                .formatted(path, bytes.length, sha256(bytes), bytes.length);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static void json(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
