package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.cache.CacheConfig;
import dev.nightjar.server.route.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** B8: what would come out the same again is not computed again, in any dialect. */
final class CachedAnswersTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.startWithEncoders(LoadOptions.defaults(), ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Every call that generates or encodes, made repeatable; whole and streamed. */
    static Stream<RouteCall> calls() {
        List<Route> routes;
        try (NightjarServer described =
                NightjarServer.openWithoutModels(
                        ServerOptions.defaults().withAddress("127.0.0.1", 0))) {
            routes = described.routes();
        }
        return RouteCall.ofEachBody(routes).stream()
                .filter(call -> call.generates() || !RouteCall.isOfText(call.route()))
                .filter(call -> !RouteCall.isOfRows(call.route())) // faster than the look
                .filter(
                        call ->
                                !call.path().endsWith("tokenize")
                                        && !call.path().endsWith("decode"))
                .map(CachedAnswersTest::repeatable)
                .flatMap(
                        call ->
                                call.has("stream") && !call.isStreamedAlways()
                                        ? Stream.of(call, call.with("stream", "true"))
                                        : Stream.of(call));
    }

    private static RouteCall repeatable(RouteCall call) {
        if (call.has("temperature")) {
            return call.with("temperature", "0");
        }
        return call.has("parameters") && RouteCall.isOfText(call.route())
                ? call.with("parameters", "{\"max_new_tokens\":2,\"temperature\":0,\"seed\":3}")
                : call;
    }

    /** Without what names an answer or its time. */
    private static String content(HttpReply reply) {
        return reply.body()
                .replaceAll("\"(id|request_id)\":\"[^\"]*\"", "\"$1\":\"\"")
                .replaceAll("\"(created|finished|\\w*_at|\\w*time\\w*)\":[-0-9.eE]+", "\"$1\":0")
                .replaceAll("(?m)^: ping\\R\\R", "");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theSecondAnswerIsTheFirst(RouteCall call) {
        Map<String, String> headers = Map.of("Cache-Control", "no-cache");
        HttpReply fresh = call.send(server.port(), headers);
        assertEquals(200, fresh.status(), fresh.body());
        assertEquals("BYPASS", fresh.header("X-Cache").orElse(""), fresh.body());
        long before = server.stats().submitted();
        HttpReply again = call.send(server.port());
        assertEquals("HIT", again.header("X-Cache").orElse(""), again.body());
        assertEquals(content(fresh), content(again));
        assertEquals(before, server.stats().submitted(), "it was generated again");
    }

    private static HttpReply chat(String members) {
        return server.post(
                "/v1/chat/completions",
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":3%s}"
                        .formatted(TestModels.NAME, "Tell me of B8", members));
    }

    private static String cacheOf(HttpReply reply) {
        assertEquals(200, reply.status(), reply.body());
        return reply.header("X-Cache").orElse("");
    }

    @Test
    void orderAndIgnoredMembersDoNotMatter() {
        String message = "{\"role\":\"user\",\"content\":\"In which order?\"}";
        String swapped = "{\"content\":\"In which order?\",\"role\":\"user\"}";
        String body =
                "{\"model\":\"%s\",\"messages\":[%s],\"temperature\":0,\"max_tokens\":3}"
                        .formatted(TestModels.NAME, message);
        String other =
                "{\"unheard_of\":[1],\"max_tokens\":3,\"temperature\":0.0,\"metadata\":{},\"messages\":[%s],\"model\":\"%s\"}"
                        .formatted(swapped, TestModels.NAME);
        assertEquals("MISS", cacheOf(server.post("/v1/chat/completions", body)));
        assertEquals("HIT", cacheOf(server.post("/v1/chat/completions", other)));
    }

    @Test
    void everyParameterMatters() {
        assertEquals("MISS", cacheOf(chat(",\"temperature\":0")));
        assertEquals("HIT", cacheOf(chat(",\"temperature\":0")));
        List<String> others =
                List.of(
                        ",\"seed\":1",
                        ",\"seed\":2",
                        ",\"temperature\":0.5,\"seed\":1",
                        ",\"temperature\":0,\"top_p\":0.5",
                        ",\"temperature\":0,\"stop\":[\"q\"]",
                        ",\"temperature\":0,\"stop\":[\"z\"]",
                        ",\"temperature\":0,\"n\":2",
                        ",\"temperature\":0,\"presence_penalty\":1",
                        ",\"temperature\":0,\"logit_bias\":{\"5\":1}",
                        ",\"temperature\":0,\"logprobs\":true",
                        ",\"temperature\":0,\"logprobs\":true,\"top_logprobs\":2",
                        ",\"temperature\":0,\"response_format\":{\"type\":\"json_object\"}",
                        ",\"temperature\":0,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]");
        for (String other : others) {
            assertEquals("MISS", cacheOf(chat(other)), other);
            assertEquals("HIT", cacheOf(chat(other)), other);
        }
    }

    @Test
    void whatVariesIsNotKept() {
        HttpReply first = chat(",\"temperature\":1");
        assertEquals("BYPASS", cacheOf(first));
        assertEquals("BYPASS", cacheOf(chat(",\"temperature\":1")));
        assertNotEquals(
                first.json().at("id").text(), chat(",\"temperature\":1").json().at("id").text());
    }

    @Test
    void clientsCanDoWithoutIt() {
        String body =
                "{\"model\":\"%s\",\"prompt\":\"No store\",\"max_tokens\":3,\"temperature\":0}"
                        .formatted(TestModels.NAME);
        String path = "/v1/completions";
        assertEquals("BYPASS", cacheOf(server.post(path, body, "Cache-Control", "no-store")));
        assertEquals("MISS", cacheOf(server.post(path, body)));
        assertEquals(
                "BYPASS", cacheOf(server.post(path, body, "Cache-Control", "max-age=0, no-cache")));
        assertEquals("HIT", cacheOf(server.post(path, body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/chat/completions"})
    void aHitHasItsOwnId(String path) {
        String body =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Who %s?\"}],\"max_tokens\":3,\"seed\":5}"
                        .formatted(TestModels.NAME, path);
        String first = server.post(path, body).json().at("id").text();
        HttpReply again = server.post(path, body);
        assertEquals("HIT", again.header("X-Cache").orElse(""));
        assertNotEquals(first, again.json().at("id").text());
    }

    /** A request that fails is tried anew. */
    @Test
    void errorsAreNotKept() {
        String body =
                "{\"model\":\"%s\",\"prompt\":\"Too late\",\"max_tokens\":300,\"temperature\":0,\"ignore_eos\":true}"
                        .formatted(TestModels.NAME);
        HttpReply late = server.post("/v1/completions", body, "OICM-Request-Timeout", "0.001");
        assertEquals(504, late.status(), late.body());
        assertEquals("MISS", cacheOf(server.post("/v1/completions", body)));
    }

    @Test
    void canBeTurnedOff() {
        try (TestServer plain =
                TestServer.start(
                        LoadOptions.defaults(),
                        ServerOptions.defaults().withCache(CacheConfig.OFF))) {
            String body =
                    "{\"model\":\"%s\",\"prompt\":\"Off\",\"max_tokens\":3,\"temperature\":0}"
                            .formatted(TestModels.NAME);
            plain.post("/v1/completions", body);
            HttpReply again = plain.post("/v1/completions", body);
            assertTrue(again.header("X-Cache").isEmpty(), again.headers()::toString);
        }
    }
}
