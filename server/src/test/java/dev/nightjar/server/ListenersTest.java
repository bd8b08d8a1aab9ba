package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.transport.TransportConfig;
import dev.nightjar.server.yaml.YamlFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners, proxies and headers as configured. */
final class ListenersTest {

    @TempDir private Path folder;

    private NightjarServer serve(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("server.yaml"), yaml);
        TransportConfig transport = TransportConfig.read(YamlFile.read(file, TransportConfig.KEYS));
        return NightjarServer.openWithoutModels(
                ServerOptions.defaults().withAddress("127.0.0.1", 0).withTransport(transport));
    }

    private static HttpReply get(int port, String path, Map<String, String> headers) {
        return HttpReply.of(port, "GET", path, null, headers);
    }

    private static int adminPort(NightjarServer server) {
        String note = server.notes().getLast();
        assertTrue(note.startsWith("for operators: http://127.0.0.1:"), note);
        return URI.create(note.substring("for operators: ".length())).getPort();
    }

    /** What operators use moves to the second listener; clients' routes answer at both. */
    @Test
    void secondListener() throws Exception {
        try (NightjarServer server = serve("admin_port: 0")) {
            int admin = adminPort(server);
            for (String path : new String[] {"/metrics", "/stats"}) {
                assertEquals(404, get(server.port(), path, Map.of()).status(), path);
                assertEquals(200, get(admin, path, Map.of()).status(), path);
            }
            for (String path : new String[] {"/health/live", "/openapi.json"}) {
                assertEquals(200, get(server.port(), path, Map.of()).status(), path);
                assertEquals(200, get(admin, path, Map.of()).status(), path);
            }
        }
    }

    /** O36: behind a proxy that leaves its prefix in the path, and behind one that does not. */
    @Test
    void pathPrefix() throws Exception {
        try (NightjarServer server = serve("path_prefix: /llm/v2")) {
            assertEquals(200, get(server.port(), "/llm/v2/health/live", Map.of()).status());
            assertEquals(200, get(server.port(), "/health/live", Map.of()).status());
            assertEquals(404, get(server.port(), "/llm/v22/health/live", Map.of()).status());
            HttpReply unknown = get(server.port(), "/llm/v2/nowhere", Map.of());
            assertEquals(404, unknown.status());
            assertTrue(unknown.body().contains("no route GET /nowhere"), unknown.body());
        }
    }

    /** A proxy is believed where it is configured, and nobody else. */
    @Test
    void forwarded() throws Exception {
        Map<String, String> told =
                Map.of(
                        "X-Forwarded-Proto", "https",
                        "X-Forwarded-Host", "inference.example.org",
                        "X-Forwarded-Prefix", "/llm");
        try (NightjarServer server = serve("trusted_proxies: [10.0.0.0/8]")) {
            HttpReply reply = get(server.port(), "/health/live", told);
            assertTrue(reply.header("Strict-Transport-Security").isEmpty());
        }
        try (NightjarServer server = serve("trusted_proxies: [127.0.0.0/8, '::1']")) {
            HttpReply reply = get(server.port(), "/health/live", told);
            assertTrue(reply.header("Strict-Transport-Security").isPresent());
        }
    }

    @Test
    void headersOfEveryAnswer() throws Exception {
        try (NightjarServer server = serve("limits: {header_size: 2K, request_line: 1K}")) {
            assertProtected(get(server.port(), "/health/live", Map.of()));
            HttpReply unknown = get(server.port(), "/nowhere", Map.of());
            assertProtected(unknown);
            assertEquals("no-store", unknown.header("Cache-Control").orElse(""));
            HttpReply large = get(server.port(), "/health/live", Map.of("X", "a".repeat(4000)));
            assertTrue(large.status() == 400 || large.status() == 431, large.body());
            assertEquals("nosniff", large.header("X-Content-Type-Options").orElse(""));
            HttpReply longLine = get(server.port(), "/" + "a".repeat(2000), Map.of());
            assertTrue(longLine.status() == 400 || longLine.status() == 414, longLine.body());
        }
    }

    private static void assertProtected(HttpReply reply) {
        assertEquals("nosniff", reply.header("X-Content-Type-Options").orElse(""));
        assertEquals("no-referrer", reply.header("Referrer-Policy").orElse(""));
        assertTrue(
                reply.header("Content-Security-Policy").orElse("").contains("default-src 'none'"));
        assertTrue(reply.header("Server").isEmpty(), reply.headers()::toString);
    }
}
