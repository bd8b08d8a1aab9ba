package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.cache.CacheConfig;
import dev.nightjar.server.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Full queues, silence, deadlines and clients that leave, for every call that generates, in every
 * dialect.
 */
@SuppressWarnings("try") // what holds the engine is only opened and closed
final class EveryCallTest {

    private static final int PING_MILLIS = 50;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(
                        LoadOptions.defaults().withMaxSequences(1).withMaxQueued(2),
                        ServerOptions.defaults()
                                .withPingInterval(Duration.ofMillis(PING_MILLIS))
                                .withCache(CacheConfig.OFF));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** One call of each dialect's bodies, whole and streamed. */
    static Stream<RouteCall> calls() {
        List<Route> routes;
        try (NightjarServer described =
                NightjarServer.openWithoutModels(
                        ServerOptions.defaults().withAddress("127.0.0.1", 0))) {
            routes = described.routes();
        }
        return RouteCall.ofEachBody(routes).stream()
                .filter(RouteCall::generates)
                .flatMap(
                        call ->
                                call.has("stream") && !call.isStreamedAlways()
                                        ? Stream.of(call, call.with("stream", "true"))
                                        : Stream.of(call));
    }

    private static void awaitCalm() {
        TestServer.await("nothing is in flight", () -> server.stats().inFlight() == 0);
    }

    /** Tells a client when to come again, in the form of its dialect. */
    @ParameterizedTest
    @MethodSource("calls")
    void fullQueue(RouteCall call) {
        awaitCalm();
        try (RawClient first = server.connect();
                RawClient second = server.connect();
                EngineHold hold = new EngineHold(server.model())) {
            long before = server.stats().submitted();
            first.post(call.path(), call.body());
            second.post(call.path(), call.body());
            TestServer.await("both wait", () -> server.stats().submitted() == before + 2);
            HttpReply refused = call.send(server.port());
            assertEquals(429, refused.status(), refused.body());
            assertEquals("1", refused.header("Retry-After").orElse(""));
            assertEquals("application/json", refused.header("Content-Type").orElse(""));
            assertTrue(refused.json().has("error"), refused.body());
        }
        awaitCalm();
    }

    /** O9, X12: counts from the arrival, so the time in the queue is part of it. */
    @ParameterizedTest
    @MethodSource("calls")
    void deadlineInTheQueue(RouteCall call) throws Exception {
        awaitCalm();
        try (RawClient client = server.connect()) {
            try (EngineHold hold = new EngineHold(server.model())) {
                long before = server.stats().submitted();
                client.post(call.path(), call.body(), "OICM-Request-Timeout: 0.05");
                TestServer.await("it waits", () -> server.stats().submitted() == before + 1);
                Thread.sleep(100);
            }
            if (call.isStreamed()) {
                String events = client.readUntil("\r\n0\r\n\r\n");
                assertTrue(events.startsWith("HTTP/1.1 200"), events);
                assertTrue(events.contains("\"error\""), events);
                assertTrue(!events.contains("[DONE]"), events);
            } else {
                String reply = client.readReply();
                assertTrue(reply.startsWith("HTTP/1.1 504"), reply);
                assertTrue(reply.toLowerCase().contains("x-should-retry: false"), reply);
            }
        }
        awaitCalm();
    }

    /** O37: the head leaves at once, and something follows as long as there is no text. */
    @ParameterizedTest
    @MethodSource("calls")
    void silence(RouteCall call) {
        if (!call.isStreamed()) {
            return;
        }
        awaitCalm();
        try (RawClient client = server.connect()) {
            try (EngineHold hold = new EngineHold(server.model())) {
                client.post(call.path(), call.body());
                client.readUntil("text/event-stream");
                client.readUntil(": ping\n\n");
                client.readUntil(": ping\n\n");
                client.readUntil(": ping\n\n");
            }
            client.readUntil("data:");
        }
        awaitCalm();
    }

    /** A client that leaves frees its sequence, whether it waited or was being answered. */
    @ParameterizedTest
    @MethodSource("calls")
    void disconnect(RouteCall call) throws Exception {
        awaitCalm();
        long aborted = server.stats().aborted();
        try (EngineHold hold = new EngineHold(server.model())) {
            long before = server.stats().submitted();
            RawClient client = server.connect().post(call.path(), call.body());
            TestServer.await("it waits", () -> server.stats().submitted() == before + 1);
            client.close();
            Thread.sleep(200);
        }
        awaitCalm();
        assertEquals(aborted + 1, server.stats().aborted(), "of a request in the queue");
        RawClient client = server.connect().post(call.path(), call.endless().body());
        TestServer.await("it runs", () -> server.stats().running() == 1);
        client.close();
        awaitCalm();
        assertEquals(aborted + 2, server.stats().aborted(), "of a request that ran");
        assertEquals(server.stats().totalBlocks(), server.stats().freeBlocks());
    }
}
