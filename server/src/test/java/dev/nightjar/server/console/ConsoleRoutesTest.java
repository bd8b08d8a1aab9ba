package dev.nightjar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.HttpReply;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** O2, O36, B36: the console's files over HTTP. */
final class ConsoleRoutesTest {

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    private static NightjarServer server;

    @BeforeAll
    static void start() {
        server = NightjarServer.openWithoutModels(options());
    }

    private static ServerOptions options() {
        return ServerOptions.defaults().withAddress("127.0.0.1", 0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpReply get(String path) {
        return HttpReply.of(server.port(), "GET", path, null);
    }

    @Test
    void everyFileIsServedAsWhatItIs() {
        Map<String, String> tags = new TreeMap<>();
        for (String name : Sources.names()) {
            HttpReply reply = get("/console/" + name);
            assertEquals(200, reply.status(), name);
            assertEquals(Sources.text(name), reply.body(), name);
            String extension = name.substring(name.indexOf('.') + 1);
            assertEquals(TYPES.get(extension), reply.header("Content-Type").orElse(""), name);
            assertEquals("no-cache", reply.header("Cache-Control").orElse(""), name);
            assertEquals("nosniff", reply.header("X-Content-Type-Options").orElse(""), name);
            tags.put(reply.header("ETag").orElseThrow(), name);
        }
        assertEquals(Sources.names().size(), tags.size(), "each has a tag of its own");
    }

    @Test
    void whatABrowserHasIsNotSentAgain() {
        HttpReply first = get("/console/js/app.js");
        Map<String, String> known = Map.of("If-None-Match", first.header("ETag").orElseThrow());
        HttpReply again = HttpReply.of(server.port(), "GET", "/console/js/app.js", null, known);
        assertEquals(304, again.status());
        assertEquals("", again.body());
        Map<String, String> other = Map.of("If-None-Match", "\"another\"");
        assertEquals(
                200,
                HttpReply.of(server.port(), "GET", "/console/js/app.js", null, other).status());
    }

    @Test
    void thePolicyAllowsNothingFromElsewhere() {
        String policy = get("/console/").header("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), policy);
        assertTrue(policy.contains("require-trusted-types-for 'script'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertTrue(!policy.contains("unsafe"), policy);
        assertTrue(!policy.contains("http"), policy);
    }

    /** O36: relative, so that a proxy's prefix stays in front of it. */
    @Test
    void theStartLeadsToTheFolder() throws Exception {
        URI address = URI.create("http://127.0.0.1:%d/console".formatted(server.port()));
        try (HttpClient stays = HttpClient.newHttpClient()) {
            HttpResponse<String> reply =
                    stays.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(307, reply.statusCode());
            assertEquals("console/", reply.headers().firstValue("Location").orElse(""));
        }
        HttpReply start = get("/console/");
        assertEquals(200, start.status());
        assertEquals(Sources.text("index.html"), start.body());
        assertEquals(start.body(), get("/console").body(), "where a browser ends up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nothing.js",
                "/console/js/",
                "/console/js",
                "/console/ConsoleRoutes.class",
                "/console/package-info.class",
                "/console/JS/APP.JS",
                "/console/js/app.js/",
                "/console/%2e%2e/console/index.html%00",
                "/console/..%2f..%2fserver%2fRoutes.class",
                "/console/%2Fetc%2Fpasswd",
                "/console/js/..%5capp.js"
            })
    void nothingElseIsServed(String path) {
        HttpReply reply = get(path);
        assertEquals(404, reply.status(), reply.body());
        assertEquals("application/json", reply.header("Content-Type").orElse(""));
        assertTrue(!reply.body().contains("dev.nightjar"), reply.body());
    }

    @Test
    void canBeSwitchedOff() {
        ServerOptions without = options().withConsole(new ConsoleConfig(false));
        try (NightjarServer other = NightjarServer.openWithoutModels(without)) {
            for (String path : new String[] {"/console", "/console/", "/console/js/app.js"}) {
                HttpReply reply = HttpReply.of(other.port(), "GET", path, null);
                assertEquals(404, reply.status(), path);
            }
        }
    }
}
