package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.observe.metric.ParsedPage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Health, metrics, silence, slow readers and the end of the server. */
@SuppressWarnings("try") // what holds the engine is only opened and closed
final class ServerTest {

    private static String completion(String more) {
        return completion(TestModels.NAME, more);
    }

    private static String completion(String model, String more) {
        return "{\"model\":\"%s\",\"prompt\":\"Once upon a time\"%s}".formatted(model, more);
    }

    @Test
    void healthAndMetrics() {
        try (TestServer server = TestServer.start()) {
            assertEquals(200, server.get("/health/live").status());
            assertEquals("ready", server.get("/health/ready").json().at("status").text());
            HttpReply health = server.get("/health");
            assertEquals(TestModels.NAME, health.json().at("models.0").text());
            server.post("/v1/completions", completion(",\"max_tokens\":7"));
            HttpReply metrics = server.get("/metrics");
            assertTrue(metrics.header("Content-Type").orElse("").startsWith("text/plain; version"));
            EngineStats stats = server.stats();
            ParsedPage page = ParsedPage.of(metrics.body());
            assertEquals(stats.steps(), ofModel(page, "nightjar_steps_total"));
            assertEquals(7, ofModel(page, "nightjar_generated_tokens_total"));
            assertEquals(1, ofModel(page, "nightjar_sequences_submitted_total"));
            assertEquals(1, ofModel(page, "nightjar_sequences_finished_total"));
            assertEquals(0, ofModel(page, "nightjar_sequences_aborted_total"));
            assertEquals(0, ofModel(page, "nightjar_sequences_running"));
            assertEquals(0, ofModel(page, "nightjar_sequences_waiting"));
            assertEquals(stats.totalBlocks(), ofModel(page, "nightjar_kv_blocks_capacity"));
            assertEquals(stats.freeBlocks(), ofModel(page, "nightjar_kv_blocks_free"));
            assertEquals(4, page.sum("nightjar_http_requests_total"));
        }
    }

    private static double ofModel(ParsedPage page, String name) {
        return page.value(name + "{model=\"" + TestModels.NAME + "\"}");
    }

    @Test
    void pingsWhileThereIsNothingToSend() throws Exception {
        ServerOptions options = ServerOptions.defaults().withPingInterval(Duration.ofMillis(50));
        try (TestServer server = TestServer.start(LoadOptions.defaults(), options);
                RawClient client = server.connect()) {
            try (EngineHold hold = new EngineHold(server.model())) {
                client.post("/v1/completions", completion(",\"stream\":true"));
                client.readUntil("text/event-stream");
                client.readUntil(": ping\n\n");
                client.readUntil(": ping\n\n");
                client.readUntil(": ping\n\n");
            }
            client.readUntil("data: [DONE]\n\n");
        }
    }

    @Test
    void connectionsAreKeptForFurtherRequests() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.post("/v1/completions", completion(",\"max_tokens\":3"));
                assertTrue(client.readReply().startsWith("HTTP/1.1 200"));
                client.post("/v1/completions", completion(",\"max_tokens\":3,\"stream\":true"));
                client.readUntil("data: [DONE]\n\n");
                client.readUntil("\r\n0\r\n\r\n");
            }
        }
    }

    /**
     * A client that does not read holds up its own sequences and nobody else's. The model's name
     * makes each chunk so large that the system's buffers cannot take the whole stream, and the
     * model is one that tells long stories.
     */
    @Test
    void slowReader() throws Exception {
        String name = "x".repeat(40_000);
        Engine engine = Engine.builder().model(name, TestModels.stories()).open();
        try (TestServer server = new TestServer(engine, ServerOptions.defaults());
                RawClient slow = new RawClient(server.port(), 2048)) {
            String request =
                    completion(
                            name,
                            ",\"n\":8,\"max_tokens\":480,\"stream\":true,\"temperature\":2,\"seed\":1");
            slow.post("/v1/completions", request);
            TestServer.await("the engine pauses its sequences", () -> isPaused(server));
            for (int i = 0; i < 3; i++) {
                HttpReply reply =
                        server.post("/v1/completions", completion(name, ",\"max_tokens\":9"));
                assertEquals(200, reply.status());
            }
            assertTrue(server.stats().inFlight() > 0, "the slow stream is not through");
            slow.close();
            TestServer.await("its sequences end", () -> server.stats().aborted() > 0);
            TestServer.await("all have ended", () -> server.stats().inFlight() == 0);
        }
    }

    /** Sequences are in flight, yet nothing is computed. */
    private static boolean isPaused(TestServer server) {
        EngineStats before = server.stats();
        try {
            Thread.sleep(200);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return before.inFlight() > 0
                && before.generatedTokens() > 0
                && before.steps() == server.stats().steps();
    }

    @Test
    void runningRequestsEndBeforeTheServerDoes() throws Exception {
        TestServer server = TestServer.start();
        CompletableFuture<Void> closed;
        try (RawClient client = server.connect()) {
            try (EngineHold hold = new EngineHold(server.model())) {
                client.post("/v1/completions", completion(",\"max_tokens\":200,\"stream\":true"));
                client.readUntil(": ping");
                closed = CompletableFuture.runAsync(server::close);
                TestServer.await("no connection is accepted", () -> isRefused(server));
            }
            client.readUntil("data: [DONE]\n\n");
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    private static boolean isRefused(TestServer server) {
        try (RawClient client = server.connect()) {
            return false;
        } catch (UncheckedIOException refused) {
            return true;
        }
    }

    /** What outlives the limit is told so, and does not keep the server alive. */
    @Test
    void drainingHasALimit() throws Exception {
        ServerOptions options = ServerOptions.defaults().withDrainLimit(Duration.ofMillis(1));
        TestServer server = TestServer.start(LoadOptions.defaults(), options);
        try (RawClient streamed = server.connect();
                RawClient whole = server.connect()) {
            String more = ",\"n\":8,\"max_tokens\":480,\"temperature\":2,\"seed\":1";
            streamed.post("/v1/completions", completion(more + ",\"stream\":true"));
            whole.post("/v1/completions", completion(more));
            TestServer.await("both run", () -> server.stats().running() == 16);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
            String events = streamed.readUntil("shutting_down");
            assertTrue(events.contains("data: {\"error\""), "an event of its own");
            assertTrue(whole.readReply().startsWith("HTTP/1.1 503"));
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aTakenPortIsReported() {
        try (TestServer server = TestServer.start()) {
            ServerOptions taken = ServerOptions.defaults().withAddress("127.0.0.1", server.port());
            PortUnavailableException failure =
                    assertThrows(
                            PortUnavailableException.class,
                            () ->
                                    NightjarServer.start(
                                            TestModels.open(LoadOptions.defaults()), taken));
            assertTrue(failure.getMessage().contains(Integer.toString(server.port())));
        }
    }
}
