package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.catalog.CatalogSource;
import dev.nightjar.server.route.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server answers before its models are there, and without any. */
final class StartTest {

    private static final ServerOptions ANY_PORT =
            ServerOptions.defaults().withAddress("127.0.0.1", 0);

    private static HttpReply get(NightjarServer server, String path) {
        return HttpReply.of(server.port(), "GET", path, null);
    }

    private static void assertAnswersNothing(NightjarServer server, String state) {
        assertEquals(200, get(server, "/health/live").status());
        assertEquals(503, get(server, "/health/ready").status());
        HttpReply health = get(server, "/health");
        assertEquals(503, health.status());
        assertEquals(state, health.json().at("status").text());
        for (String path : new String[] {"/metrics", "/stats", "/openapi.json"}) {
            assertEquals(200, get(server, path).status(), path);
        }
        for (Route route : server.routes()) {
            if (route.needs() == Route.Needs.MODELS) {
                assertRefuses(server, route);
            }
        }
        assertEquals(404, get(server, "/nowhere").status());
    }

    private static void assertRefuses(NightjarServer server, Route route) {
        String path = route.path().replaceAll("\\{[^}]*}", "some-model");
        String body = route.method().text().equals("POST") ? "{}" : null;
        HttpReply reply = HttpReply.of(server.port(), route.method().text(), path, body);
        assertEquals(503, reply.status(), () -> path + ": " + reply.body());
        assertTrue(reply.body().contains("model_not_loaded"), reply.body());
        assertEquals("1", reply.header("Retry-After").orElse(""));
    }

    /** F24: 503 during load. */
    @Test
    void whileLoading() {
        try (NightjarServer server = NightjarServer.open(ANY_PORT)) {
            assertAnswersNothing(server, "starting");
            server.serve(TestModels.open(LoadOptions.defaults()));
            assertEquals(200, get(server, "/health").status());
            assertEquals(200, get(server, "/v1/models/" + TestModels.NAME).status());
            assertEquals("running", get(server, "/chat").json().at("status").text());
        }
    }

    /** L10: the documented body with status 200, while health says 503. */
    @Test
    void withoutModels() {
        try (NightjarServer server = NightjarServer.openWithoutModels(ANY_PORT)) {
            assertAnswersNothing(server, "not started");
            HttpReply status = get(server, "/chat");
            assertEquals(200, status.status());
            assertEquals(
                    "{\"status\":\"not started\",\"message\":\"You need to start the service"
                            + " first.\"}",
                    status.body());
        }
    }

    @Test
    void modelsThatComeTooLateAreClosed() {
        NightjarServer server = NightjarServer.open(ANY_PORT);
        server.close();
        Engine engine = TestModels.open(LoadOptions.defaults());
        server.serve(engine);
        assertThrows(RuntimeException.class, () -> engine.generate("Once"));
    }

    @Test
    void aliasesOfModelsThatAreNotThere() {
        ServerOptions options =
                ANY_PORT.withCatalog(CatalogSource.withAliases(Map.of("gpt-4o", "nowhere")));
        try (Engine engine = TestModels.open(LoadOptions.defaults())) {
            assertThrows(
                    IllegalArgumentException.class, () -> NightjarServer.start(engine, options));
            assertEquals(TestModels.NAME, engine.model().name(), "the engine is still open");
        }
    }

    @Test
    void aliasesAnswer() {
        ServerOptions options =
                ServerOptions.defaults()
                        .withCatalog(CatalogSource.withAliases(Map.of("gpt-4o", TestModels.NAME)));
        try (TestServer server = TestServer.start(LoadOptions.defaults(), options)) {
            assertEquals(200, server.get("/v1/models/gpt-4o").status());
            HttpReply reply =
                    server.post(
                            "/v1/completions",
                            "{\"model\":\"gpt-4o\",\"prompt\":\"Once\",\"max_tokens\":2}");
            assertEquals("gpt-4o", reply.json().at("model").text());
        }
    }
}
