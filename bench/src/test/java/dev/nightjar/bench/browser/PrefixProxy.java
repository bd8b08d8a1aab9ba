package dev.nightjar.bench.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/** A reverse proxy that has a server below a prefix, as operators put one in front of several. */
final class PrefixProxy implements AutoCloseable {

    private static final String PREFIX = "/llm/one";

    /** Those that a proxy sets itself. */
    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "upgrade", "transfer-encoding", "date");

    private final HttpServer proxy;
    private final String target;
    private final HttpClient client = HttpClient.newHttpClient();

    PrefixProxy(String target) throws IOException {
        this.target = target;
        proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.createContext(PREFIX + "/", this::forward);
        proxy.start();
    }

    /** Where the server is behind it, without a slash at the end. */
    String url() {
        return "http://127.0.0.1:%d%s".formatted(proxy.getAddress().getPort(), PREFIX);
    }

    private void forward(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().substring(PREFIX.length());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(target + path))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(
                                        exchange.getRequestBody().readAllBytes()));
        for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
            if (!OWN.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                header.getValue().forEach(value -> request.header(header.getKey(), value));
            }
        }
        try (exchange) {
            HttpResponse<InputStream> reply =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            reply.headers().map().entrySet().stream()
                    .filter(header -> !OWN.contains(header.getKey()))
                    .forEach(
                            header ->
                                    exchange.getResponseHeaders()
                                            .put(header.getKey(), header.getValue()));
            exchange.sendResponseHeaders(reply.statusCode(), 0);
            copy(reply.body(), exchange.getResponseBody());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each piece at once, so that streams stay streams. */
    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    @Override
    public void close() {
        proxy.stop(0);
        client.close();
    }
}
