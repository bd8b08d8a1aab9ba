package dev.nightjar.server.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.EngineHold;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.RawClient;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.config.NightjarConfig;
import dev.nightjar.server.yaml.YamlFile;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits as clients meet them. */
final class RateLimitsTest {

    private static final String CHAT =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":%d,\"seed\":%d%s}";

    private TestServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Limits each address, which here is each client of the test together. */
    private void start(String limits) {
        start(limits, "");
    }

    private void start(String limits, String more) {
        String yaml =
                """
                limits:
                  anonymous: small
                  tiers:
                    small: {%s}
                %s
                """
                        .formatted(limits, more);
        LimitConfig config =
                NightjarConfig.of(YamlFile.parse("test", yaml, NightjarConfig.KEYS, name -> null))
                        .limits();
        server =
                TestServer.start(
                        LoadOptions.defaults(), ServerOptions.defaults().withLimits(config));
    }

    private HttpReply chat(int seed) {
        return server.post("/v1/chat/completions", chatBody(2, seed, ""));
    }

    private static String chatBody(int maxTokens, int seed, String more) {
        return CHAT.formatted(TestModels.NAME, maxTokens, seed, more);
    }

    private static long number(HttpReply reply, String header) {
        return Long.parseLong(reply.header(header).orElseThrow(() -> missing(reply, header)));
    }

    private static AssertionError missing(HttpReply reply, String header) {
        return new AssertionError(header + " is missing in " + reply.headers());
    }

    /** B9. */
    @Test
    void theThirdOfTwoRequestsAMinuteIsRefused() {
        start("requests_per_minute: 2");
        for (int left = 1; left >= 0; left--) {
            HttpReply reply = chat(1);
            assertEquals(200, reply.status(), reply.body());
            assertEquals(2, number(reply, "x-ratelimit-limit-requests"));
            assertEquals(left, number(reply, "x-ratelimit-remaining-requests"));
            assertTrue(
                    reply.header("x-ratelimit-reset-requests").orElseThrow().endsWith("s"),
                    reply.headers()::toString);
        }
        HttpReply refused = chat(1);
        assertEquals(429, refused.status(), refused.body());
        long seconds = number(refused, "Retry-After");
        assertTrue(seconds >= 1 && seconds <= 30, seconds + " s");
        long millis = number(refused, "retry-after-ms");
        assertEquals(seconds, Math.ceilDiv(millis, 1000));
        assertEquals("rate_limit_error", refused.json().at("error.type").text());
        assertEquals("requests_per_minute_exceeded", refused.json().at("error.code").text());
        assertEquals(0, number(refused, "x-ratelimit-remaining-requests"));
        assertFalse(refused.header("x-should-retry").isPresent());
    }

    @Test
    void everyAnswerToALimitedCallerTellsWhatIsLeft() {
        start("requests_per_minute: 10, tokens_per_minute: 1000");
        assertEquals(200, chat(1).status());
        for (String path : List.of("/v1/models", "/v1/nothing-here", "/health")) {
            HttpReply reply = server.get(path);
            assertEquals(10, number(reply, "x-ratelimit-limit-requests"), path);
            assertEquals(9, number(reply, "x-ratelimit-remaining-requests"), path);
            assertEquals(1000, number(reply, "x-ratelimit-limit-tokens"), path);
        }
        HttpReply invalid =
                server.post("/v1/chat/completions", chatBody(2, 1, ",\"temperature\":9"));
        assertEquals(400, invalid.status());
        assertEquals(10, number(invalid, "x-ratelimit-limit-requests"));
    }

    /** Must-show 5: what 64 clients get together is what the limit says, to the request. */
    @Test
    void exactAtTheEdgeUnderSixtyFourClients() throws InterruptedException {
        int most = 20;
        start("requests_per_minute: " + most);
        long begin = System.nanoTime();
        Queue<HttpReply> replies = new ConcurrentLinkedQueue<>();
        List<Thread> clients =
                IntStream.range(0, 64)
                        .mapToObj(
                                client -> Thread.ofVirtual().start(() -> replies.add(chat(client))))
                        .toList();
        for (Thread client : clients) {
            client.join();
        }
        long refilled = Duration.ofNanos(System.nanoTime() - begin).toMillis() * most / 60_000;
        assertEquals(64, replies.size());
        long admitted = replies.stream().filter(reply -> reply.status() == 200).count();
        long refused = replies.stream().filter(reply -> reply.status() == 429).count();
        assertEquals(64, admitted + refused);
        assertTrue(
                admitted >= most && admitted <= most + refilled,
                "%d admitted, %d refilled".formatted(admitted, refilled));
    }

    /** A client that has its answer can send its next request at once, on any connection. */
    @ParameterizedTest
    @CsvSource({"''", "',\"stream\":true'"})
    void oneAtATimeIsNeverRefusedWhenItComesBackAtOnce(String more) {
        start("concurrent_requests: 1");
        for (int i = 0; i < 40; i++) {
            HttpReply reply = server.post("/v1/chat/completions", chatBody(2, i, more));
            assertEquals(200, reply.status(), reply.body());
        }
    }

    @Test
    @SuppressWarnings("try") // they run while they are open
    void asManyRunAsMay() {
        start("concurrent_requests: 2");
        try (EngineHold hold = new EngineHold(server.model());
                RawClient first = stream(1);
                RawClient second = stream(2)) {
            TestServer.await(
                    "two run",
                    () ->
                            server.get("/admin/limits")
                                    .body()
                                    .contains(
                                            "\"concurrent_requests\":2,\"requests_per_minute_left"));
            HttpReply refused = chat(3);
            assertEquals(429, refused.status(), refused.body());
            String code = refused.json().at("error.code").text();
            assertEquals("concurrent_requests_exceeded", code);
            assertEquals(1, number(refused, "Retry-After"));
        }
        TestServer.await("one has ended", () -> chat(4).status() == 200);
    }

    private RawClient stream(int seed) {
        return server.connect()
                .post(
                        "/v1/chat/completions",
                        chatBody(400, seed, ",\"stream\":true,\"ignore_eos\":true"));
    }

    @Test
    void tokensAreChargedAsTheAnswerCountsThem() {
        start("tokens_per_day: 100000");
        long left = 100_000;
        for (int i = 0; i < 3; i++) {
            HttpReply reply = chat(i);
            left -= reply.json().at("usage.total_tokens").integer();
            assertEquals(left, number(reply, "x-ratelimit-remaining-tokens"));
        }
        HttpReply again = chat(0); // known from the cache, and charged all the same
        assertEquals("HIT", again.header("X-Cache").orElse(""));
        left -= again.json().at("usage.total_tokens").integer();
        assertEquals(left, number(again, "x-ratelimit-remaining-tokens"));
    }

    @Test
    void whoHasNoTokenLeftIsRefused() {
        start("tokens_per_minute: 5");
        assertEquals(200, chat(1).status()); // more than 5, known only when it was over
        HttpReply refused = chat(2);
        assertEquals(429, refused.status());
        assertEquals("tokens_per_minute_exceeded", refused.json().at("error.code").text());
        assertEquals(0, number(refused, "x-ratelimit-remaining-tokens"));
        assertTrue(number(refused, "Retry-After") <= 60);
    }

    @Test
    void theDaysQuotaTellsClientsNotToRetry() {
        start("tokens_per_day: 1");
        assertEquals(200, chat(1).status());
        HttpReply refused = chat(2);
        assertEquals(429, refused.status());
        assertEquals("tokens_per_day_exceeded", refused.json().at("error.code").text());
        assertTrue(number(refused, "Retry-After") <= 60);
        boolean isOverSoon = !refused.header("x-should-retry").isPresent();
        assertTrue(isOverSoon || refused.header("x-should-retry").get().equals("false"));
    }

    /** What was generated until the client left is charged. */
    @Test
    void abortedStreamsAreCharged() {
        start("tokens_per_day: 100000");
        try (RawClient client = stream(1)) {
            client.readUntil("data: ");
            TestServer.await("it generates", () -> server.stats().generatedTokens() > 10);
        }
        TestServer.await("it has ended", () -> server.stats().inFlight() == 0);
        long used = server.stats().generatedTokens();
        TestServer.await("it was charged", () -> left() < 100_000);
        assertTrue(left() > 100_000 - used - 100, "more than the prompt beside it");
    }

    private long left() {
        return number(server.get("/v1/models"), "x-ratelimit-remaining-tokens");
    }

    @Test
    void administratorsSeeLimitsAndWhatIsLeft() {
        start("requests_per_minute: 10, tokens_per_day: 500");
        HttpReply chat = chat(1);
        HttpReply.Json limits = server.get("/admin/limits").json();
        assertEquals("memory", limits.at("store").text());
        assertEquals("small", limits.at("tiers.0.name").text());
        assertEquals(10, limits.at("tiers.0.requests_per_minute").integer());
        assertTrue(limits.at("tiers.0.concurrent_requests").isNull());
        assertEquals("address:127.0.0.1", limits.at("callers.0.id").text());
        assertEquals(9, limits.at("callers.0.requests_per_minute_left").integer());
        assertEquals(
                500 - chat.json().at("usage.total_tokens").integer(),
                limits.at("callers.0.tokens_per_day_left").integer());
        assertEquals(0, limits.at("callers.0.concurrent_requests").integer());
    }

    @Test
    void nobodyIsLimitedUnlessConfigured() {
        server = TestServer.start();
        HttpReply reply = chat(1);
        assertEquals(200, reply.status());
        assertFalse(reply.header("x-ratelimit-limit-requests").isPresent());
    }

    @ParameterizedTest
    @CsvSource({"closed, 503", "open, 200"})
    void withoutItsStoreItIsOpenOrClosed(String word, int status) {
        start("requests_per_minute: 10", "  redis: redis://127.0.0.1:1\n  on_failure: " + word);
        HttpReply reply = chat(1);
        assertEquals(status, reply.status(), reply.body());
        if (status == 503) {
            assertEquals("rate_limiter_unavailable", reply.json().at("error.code").text());
        }
        assertEquals(200, server.get("/v1/models").status());
        assertEquals(200, server.get("/admin/limits").status());
    }
}
