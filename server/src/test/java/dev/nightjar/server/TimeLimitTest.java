package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row O9: the header that limits a request's time, on every wire API that generates. */
@SuppressWarnings("try") // what holds the engine is only opened and closed
final class TimeLimitTest {

    private static final String O = "/models/" + TestModels.NAME + "/proxy/v1/chat/completions";
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
    private static TestServer server;

    @BeforeAll
    static void start() {
        ServerOptions options = ServerOptions.defaults().withMaxTimeout(Duration.ofMinutes(5));
        server = TestServer.start(LoadOptions.defaults(), options);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static HttpReply post(String path, String timeout, String body) {
        return HttpReply.of(
                server.port(), "POST", path, body, Map.of("OICM-Request-Timeout", timeout));
    }

    /** Waits in the queue, so that the time passes whatever the speed of the machine. */
    private static HttpReply postWhileHeld(String path, String timeout, String body) {
        try (EngineHold hold = new EngineHold(server.model())) {
            CompletableFuture<HttpReply> reply =
                    CompletableFuture.supplyAsync(() -> post(path, timeout, body));
            TestServer.await("the request waits", () -> server.stats().inFlight() > 0);
            Thread.sleep(120);
            hold.close();
            return reply.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                O + " | {" + HELLO + "}",
                "/v1/chat/completions | {\"model\":\"" + TestModels.NAME + "\"," + HELLO + "}",
                "/api/v1/models/" + TestModels.NAME + "/generate | {\"prompt\":\"Hi\"}",
                "/generate | {\"text\":\"Hi\",\"max_tokens\":400}"
            })
    void o9_timePassesInTheQueueToo(String path, String body) {
        long generated = server.stats().generatedTokens();
        HttpReply reply = postWhileHeld(path, "0.1", body);
        assertEquals(504, reply.status(), reply.body());
        assertEquals("request_timeout", reply.json().at("error.code").text());
        assertEquals("false", reply.header("x-should-retry").orElseThrow());
        assertEquals(generated, server.stats().generatedTokens(), "nothing was generated");
        assertIdle();
    }

    @Test
    void o9_textGenerationInferenceHasItsOwnShape() {
        HttpReply reply = postWhileHeld("/generate", ".1", "{\"inputs\":\"Hi\"}");
        assertEquals(504, reply.status(), reply.body());
        assertEquals("request_timeout", reply.json().at("error_type").text());
    }

    @Test
    void o9_aStreamEndsWithOneErrorEvent() {
        HttpReply reply = postWhileHeld(O, "0.1", "{%s,\"stream\":true}".formatted(HELLO));
        assertEquals(200, reply.status());
        assertEquals(1, reply.dataLines().size(), reply.body());
        Json event = reply.events().getFirst();
        assertEquals("request_timeout", event.at("error.code").text());
        assertIdle();
    }

    @Test
    void o9_aLongGenerationIsCutShort() {
        long begin = System.nanoTime();
        HttpReply reply = post(O, "0.05", "{%s,\"n\":64,\"ignore_eos\":true}".formatted(HELLO));
        assertEquals(504, reply.status(), reply.body());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took.toString());
        assertIdle();
    }

    private static void assertIdle() {
        TestServer.await("slots are idle", () -> server.stats().inFlight() == 0);
        assertEquals(0, server.stats().running());
        assertEquals(server.stats().totalBlocks(), server.stats().freeBlocks());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "300", ".5", "299.999", " 30 "})
    void o9_secondsMayHaveAFraction(String timeout) {
        HttpReply reply = post(O, timeout, "{%s,\"max_tokens\":1}".formatted(HELLO));
        assertEquals(200, reply.status(), reply.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "-1",
                "soon",
                "NaN",
                "1e3",
                "300.1",
                "99999999999",
                "1;2",
                "1,5"
            })
    void o9_anythingElseIsRefused(String timeout) {
        HttpReply reply = post(O, timeout, "{%s}".formatted(HELLO));
        assertEquals(400, reply.status(), reply.body());
        assertEquals("OICM-Request-Timeout", reply.json().at("error.param").text());
        assertEquals("invalid_timeout", reply.json().at("error.code").text());
    }
}
