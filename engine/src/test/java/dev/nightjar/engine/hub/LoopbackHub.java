package dev.nightjar.engine.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A hub on this machine with one model: listings in pages, large files on a second host behind a
 * redirect, ranges, tokens, and faults on demand.
 */
public final class LoopbackHub implements AutoCloseable {

    /** The commit of every revision that exists, main and v1, at first. */
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** The model. */
    public static final String MODEL = "owner/name";

    private static final int LARGE_BYTES = 1000;

    /** A request as it arrived. */
    public record Seen(
            boolean isContentHost, String path, String range, String ifRange, String token) {}

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> listedHashes = new ConcurrentHashMap<>();
    private final Map<String, Long> listedBytes = new ConcurrentHashMap<>();
    private final Map<String, Long> cuts = new ConcurrentHashMap<>();
    private final Map<String, Integer> faults = new ConcurrentHashMap<>();
    private final List<Seen> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong contentBytes = new AtomicLong();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger mostActive = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer api;
    private final HttpServer content;
    private volatile Optional<String> requiredToken = Optional.empty();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean isStalling;
    private volatile String commit = COMMIT;
    private volatile String version = "1";
    private volatile int pageSize = 2;
    private volatile Optional<String> retryAfter = Optional.empty();

    /** Begins to listen. */
    public LoopbackHub() {
        api = server(this::answerApi);
        content = server(this::answerContent);
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private HttpServer server(Handler handler) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext(
                    "/",
                    exchange -> {
                        try (exchange) {
                            handler.handle(exchange);
                        }
                    });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public LoopbackHub file(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    public LoopbackHub file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Moves all revisions to another commit. */
    public LoopbackHub commit(String value) {
        commit = value;
        return this;
    }

    /** Lists another hash than the file has. */
    public LoopbackHub wrongHash(String path) {
        listedHashes.put(path, "0".repeat(64));
        return this;
    }

    /** Lists a git object of another name than the file has. */
    public LoopbackHub listGitBlob(String path, String sha1) {
        listedHashes.put(path, sha1);
        return this;
    }

    /** Lists another size than the file has. */
    public LoopbackHub listBytes(String path, long bytes) {
        listedBytes.put(path, bytes);
        return this;
    }

    /** Falls silent in the next transfer of the file after so many bytes, and in no other one. */
    public LoopbackHub stallOnce(String path, long afterBytes) {
        isStalling = true;
        return cutOnce(path, afterBytes);
    }

    /** Breaks the next transfer of the file after so many bytes, and no other one. */
    public LoopbackHub cutOnce(String path, long afterBytes) {
        cuts.put(path, afterBytes);
        return this;
    }

    /** Answers so many requests whose path contains the text with the status. */
    public LoopbackHub fault(String part, int status, int times) {
        faults.put(part + " " + status, times);
        return this;
    }

    public LoopbackHub requireToken(String token) {
        requiredToken = Optional.of(token);
        return this;
    }

    public LoopbackHub retryAfter(String value) {
        retryAfter = Optional.of(value);
        return this;
    }

    public LoopbackHub delay(Duration value) {
        delay = value;
        return this;
    }

    /** Gives all files another entity tag. */
    public LoopbackHub version(String value) {
        version = value;
        return this;
    }

    public LoopbackHub pageSize(int value) {
        pageSize = value;
        return this;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + api.getAddress().getPort());
    }

    /** Settings with tries that follow each other at once. */
    public HubSettings settings() {
        return HubSettings.defaults()
                .withEndpoint(endpoint())
                .withPatience(Duration.ofSeconds(5), 4, Duration.ofMillis(1));
    }

    public List<Seen> requests() {
        return List.copyOf(requests);
    }

    /** Requests for the bytes of a file, in their order. */
    public List<Seen> transfers(String path) {
        return requests.stream()
                .filter(seen -> seen.isContentHost() && seen.path().endsWith("/" + path))
                .toList();
    }

    /** Bytes of files sent so far. */
    public long contentBytes() {
        return contentBytes.get();
    }

    /** Most transfers at the same time. */
    public int mostActive() {
        return mostActive.get();
    }

    @Override
    public void close() {
        api.stop(0);
        content.stop(0);
        threads.shutdownNow();
    }

    private void answerApi(HttpExchange exchange) throws IOException {
        see(exchange, false);
        String path = exchange.getRequestURI().getPath();
        if (isFaulty(exchange) || isRefused(exchange)) {
            return;
        }
        if (path.matches("/api/models/" + MODEL + "/revision/(main|v1|" + commit + ")")) {
            json(exchange, "{\"id\":\"owner/name\",\"tags\":[{}],\"sha\":\"" + commit + "\"}");
        } else if (path.startsWith("/api/models/" + MODEL + "/revision/")) {
            error(exchange, 404, "RevisionNotFound", "Invalid rev id");
        } else if (path.equals("/api/models/" + MODEL + "/tree/" + commit)) {
            tree(exchange);
        } else if (path.startsWith("/" + MODEL + "/resolve/" + commit + "/")) {
            String host = "http://localhost:" + content.getAddress().getPort();
            exchange.getResponseHeaders().add("Location", host + exchange.getRequestURI());
            exchange.sendResponseHeaders(302, -1);
        } else {
            // As hubs do that do not tell strangers what exists.
            error(exchange, 401, "RepoNotFound", "Repository not found");
        }
    }

    private boolean isRefused(HttpExchange exchange) throws IOException {
        String given = header(exchange, "Authorization");
        if (requiredToken.isEmpty() || given.equals("Bearer " + requiredToken.get())) {
            return false;
        }
        error(exchange, given.isEmpty() ? 401 : 403, "GatedRepo", "Access is restricted");
        return true;
    }

    private boolean isFaulty(HttpExchange exchange) throws IOException {
        for (String key : faults.keySet()) {
            String[] fault = key.split(" ");
            boolean isMeant = exchange.getRequestURI().getPath().contains(fault[0]);
            if (isMeant && faults.merge(key, -1, Integer::sum) >= 0) {
                retryAfter.ifPresent(v -> exchange.getResponseHeaders().add("Retry-After", v));
                error(exchange, Integer.parseInt(fault[1]), "Fault", "as ordered");
                return true;
            }
        }
        return false;
    }

    private void tree(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int from =
                query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
        List<String> all = new ArrayList<>(files.keySet());
        int to = Math.min(all.size(), from + pageSize);
        if (to < all.size()) {
            String next =
                    endpoint()
                            + exchange.getRequestURI().getPath()
                            + "?recursive=true&cursor="
                            + to;
            exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
        }
        List<String> entries = new ArrayList<>();
        entries.add("{\"type\":\"directory\",\"oid\":\"x\",\"size\":0,\"path\":\"folder\"}");
        all.subList(from, to).forEach(path -> entries.add(entry(path)));
        json(exchange, "[" + String.join(",", entries) + "]");
    }

    private String entry(String path) {
        byte[] bytes = files.get(path);
        long size = listedBytes.getOrDefault(path, (long) bytes.length);
        String name = path.replace("\\", "\\\\").replace("\n", "\\n");
        if (bytes.length < LARGE_BYTES) {
            return "{\"type\":\"file\",\"oid\":\"%s\",\"size\":%d,\"path\":\"%s\"}"
                    .formatted(listedHashes.getOrDefault(path, gitBlob(bytes)), size, name);
        }
        String oid = listedHashes.getOrDefault(path, hash("SHA-256", bytes));
        return ("{\"type\":\"file\",\"oid\":\"%s\",\"size\":%d,\"path\":\"%s\",\"lfs\":{\"oid\":\"%s\",\"size\":%d,"
                        + "\"pointerSize\":134}}")
                .formatted("f".repeat(40), size, name, oid, size);
    }

    private void answerContent(HttpExchange exchange) throws IOException {
        see(exchange, true);
        if (isFaulty(exchange)) {
            return;
        }
        String path = exchange.getRequestURI().getPath().replaceFirst(".*/resolve/\\w+/", "");
        byte[] bytes = files.get(path);
        if (bytes == null) {
            error(exchange, 404, "EntryNotFound", "Entry not found");
            return;
        }
        mostActive.accumulateAndGet(active.incrementAndGet(), Math::max);
        try {
            Thread.sleep(delay);
            send(exchange, path, bytes);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            active.decrementAndGet();
        }
    }

    private void send(HttpExchange exchange, String path, byte[] bytes) throws IOException {
        String tag = "\"" + path.hashCode() + "-" + version + "\"";
        exchange.getResponseHeaders().add("ETag", tag);
        String range = header(exchange, "Range");
        String ifRange = header(exchange, "If-Range");
        int from = 0;
        if (!range.isEmpty() && (ifRange.isEmpty() || ifRange.equals(tag))) {
            from = Integer.parseInt(range.replaceAll("\\D", ""));
            if (from >= bytes.length) {
                error(exchange, 416, "Range", "not satisfiable");
                return;
            }
            exchange.getResponseHeaders()
                    .add(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
        }
        int length = bytes.length - from;
        Long cut = cuts.remove(path);
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length == 0 ? -1 : length);
        int sent = cut == null ? length : (int) Math.min(length, cut);
        OutputStream out = exchange.getResponseBody();
        out.write(bytes, from, sent);
        out.flush();
        contentBytes.addAndGet(sent);
        if (cut != null && isStalling) {
            awaitClose();
        }
        // Closing an exchange with bytes owed closes the connection, too.
    }

    private static void awaitClose() {
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void see(HttpExchange exchange, boolean isContentHost) {
        requests.add(
                new Seen(
                        isContentHost,
                        exchange.getRequestURI().getPath(),
                        header(exchange, "Range"),
                        header(exchange, "If-Range"),
                        header(exchange, "Authorization")));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void error(HttpExchange exchange, int status, String code, String message)
            throws IOException {
        exchange.getResponseHeaders().add("X-Error-Code", code);
        exchange.getResponseHeaders().add("X-Error-Message", message);
        exchange.sendResponseHeaders(status, -1);
    }

    private static void json(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String gitBlob(byte[] bytes) {
        byte[] head = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] object = java.util.Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, object, head.length, bytes.length);
        return hash("SHA-1", object);
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
