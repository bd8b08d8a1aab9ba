package dev.nightjar.server.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.Members;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {

    private static final String USAGE = "{\"choices\": [], \"usage\": {\"completion_tokens\": 9}}";
    private static final LoadSummary.Targets TARGETS = new LoadSummary.Targets(10_000, 10_000);

    private static LoadPlan plan(URI url, LoadPlan.Arrival arrival, int requests, Duration limit) {
        return new LoadPlan(
                url,
                LoadPlan.Api.COMPLETIONS,
                "m",
                Optional.of("secret"),
                arrival,
                0,
                requests,
                12,
                9,
                7,
                limit,
                "\"ignore_eos\": true");
    }

    private static List<RequestOutcome> run(FakeServer server, LoadPlan.Arrival arrival, int count)
            throws InterruptedException {
        return new LoadGenerator(plan(server.url(), arrival, count, Duration.ofSeconds(20)))
                .run(done -> {});
    }

    @Test
    void countsTokensAsTheServerDoesAndTimesThePieces() throws Exception {
        List<String> events = List.of(FakeServer.text("a"), FakeServer.text("b"), USAGE, "[DONE]");
        try (FakeServer server =
                new FakeServer(exchange -> FakeServer.stream(exchange, events, 30))) {
            List<RequestOutcome> outcomes = run(server, new LoadPlan.Arrival.Concurrency(2), 5);
            assertEquals(5, outcomes.size());
            for (RequestOutcome outcome : outcomes) {
                assertEquals(Optional.empty(), outcome.error());
                assertEquals(9, outcome.numTokens());
                assertEquals(2, outcome.textNanos().length);
                assertTrue(outcome.timeToFirstTokenMillis() >= 29);
                assertTrue(outcome.endToEndMillis() >= 100);
            }
            LoadSummary summary = LoadSummary.of(outcomes, TARGETS);
            assertEquals(45, summary.numTokens());
            assertEquals(5, summary.interToken().size());
            assertTrue(summary.seconds() > 0.3, "two at a time, of 5, take three turns");
            assertEquals(5, summary.numGood());
            Members body =
                    Members.of(
                            "body",
                            JsonReader.read(server.bodies.peek().getBytes(StandardCharsets.UTF_8)));
            assertEquals("m", body.text("model"));
            assertEquals(9, body.number("max_tokens"));
            assertEquals(12, body.text("prompt").split(" ").length);
            assertTrue(body.has("ignore_eos"));
        }
    }

    /** While the server stalls, requests go on arriving, and their waiting counts. */
    @Test
    void openLoopSendsOnTimeWhateverTheServerDoes() throws Exception {
        long begin = System.nanoTime();
        long stallNanos = 600_000_000;
        try (FakeServer server =
                new FakeServer(
                        exchange -> {
                            long left = stallNanos - (System.nanoTime() - begin);
                            Thread.sleep(Math.max(0, left / 1_000_000));
                            FakeServer.stream(exchange, List.of(FakeServer.text("x"), "[DONE]"), 0);
                        })) {
            LoadPlan plan =
                    plan(server.url(), new LoadPlan.Arrival.Rate(100), 30, Duration.ofSeconds(20));
            List<RequestOutcome> outcomes = new LoadGenerator(plan).run(done -> {});
            long[] due = new Workload(plan).dueNanos();
            for (int i = 0; i < due.length; i++) {
                assertEquals(due[i], outcomes.get(i).dueNanos());
                assertTrue(outcomes.get(i).sentNanos() >= due[i]);
            }
            long arrivedInStall =
                    server.arrivals.stream().filter(at -> at - begin < stallNanos).count();
            assertTrue(arrivedInStall > 1, "only %d arrived".formatted(arrivedInStall));
            double first = outcomes.getFirst().timeToFirstTokenMillis();
            assertTrue(first > 1, "the stall is in the latencies, found " + first);
        }
    }

    @Test
    void errorsAreCountedByKind() throws Exception {
        int[] turn = new int[1];
        try (FakeServer server =
                new FakeServer(
                        exchange -> {
                            switch (turn[0]++) {
                                case 0 -> exchange.sendResponseHeaders(429, -1);
                                case 1 ->
                                        FakeServer.stream(
                                                exchange, List.of(FakeServer.text("x")), 0);
                                case 2 ->
                                        FakeServer.stream(exchange, List.of("{\"error\": {}}"), 0);
                                case 3 -> FakeServer.stream(exchange, List.of("nonsense"), 0);
                                default -> FakeServer.stream(exchange, List.of("[DONE]"), 0);
                            }
                        })) {
            LoadSummary summary =
                    LoadSummary.of(run(server, new LoadPlan.Arrival.Concurrency(1), 5), TARGETS);
            assertEquals(
                    Map.of(
                            "HTTP 429", 1,
                            "stream cut", 1,
                            "error event", 1,
                            "malformed event", 1,
                            "no text", 1),
                    summary.errors());
            assertEquals(0, summary.numComplete());
            assertTrue(summary.firstToken().isEmpty());
        }
    }

    @Test
    void endsAtItsLimit() throws Exception {
        try (FakeServer server = new FakeServer(exchange -> Thread.sleep(20_000))) {
            LoadPlan plan =
                    plan(
                            server.url(),
                            new LoadPlan.Arrival.Concurrency(1),
                            3,
                            Duration.ofMillis(700));
            long begin = System.nanoTime();
            LoadSummary summary = LoadSummary.of(new LoadGenerator(plan).run(done -> {}), TARGETS);
            assertTrue(System.nanoTime() - begin < 10_000_000_000L);
            assertEquals(Map.of("time limit", 3), summary.errors());
        }
    }

    @Test
    void nobodyListening() throws Exception {
        LoadPlan plan =
                plan(
                        URI.create("http://127.0.0.1:1/v1"),
                        new LoadPlan.Arrival.Concurrency(1),
                        2,
                        Duration.ofSeconds(20));
        LoadSummary summary = LoadSummary.of(new LoadGenerator(plan).run(done -> {}), TARGETS);
        assertEquals(Map.of("no connection", 2), summary.errors());
    }

    @Test
    void equalSeedsGiveEqualWorkloads() {
        URI url = URI.create("http://127.0.0.1:1/v1");
        LoadPlan plan = plan(url, new LoadPlan.Arrival.Rate(50), 400, Duration.ofSeconds(20));
        Workload one = new Workload(plan);
        Workload two = new Workload(plan);
        assertArrayEquals(one.dueNanos(), two.dueNanos());
        assertEquals(one.prompt(3), two.prompt(3));
        assertNotEquals(one.prompt(3), one.prompt(4));
        long last = one.dueNanos()[399];
        assertTrue(last > 6e9 && last < 10e9, "400 at 50/s take about 8 s, not " + last);
    }

    @Test
    void plansAreBounded() {
        URI url = URI.create("http://127.0.0.1:1/v1");
        LoadPlan.Arrival arrival = new LoadPlan.Arrival.Concurrency(1);
        Duration limit = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> plan(url, arrival, 0, limit));
        assertThrows(IllegalArgumentException.class, () -> plan(url, arrival, 1_000_000, limit));
        assertThrows(
                IllegalArgumentException.class,
                () -> plan(url, new LoadPlan.Arrival.Rate(0), 1, limit));
        assertThrows(
                IllegalArgumentException.class, () -> plan(url, arrival, 1, Duration.ofDays(2)));
    }

    @Test
    void eventsMayHaveCommentsSeveralLinesAndReturns() throws IOException {
        String stream = ": hello\n\ndata: a\r\ndata:b\r\n\r\nevent: x\ndata: c\n\ndata: cut";
        EventReader reader =
                new EventReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.of("a\nb"), reader.next());
        assertEquals(Optional.of("c"), reader.next());
        assertEquals(Optional.empty(), reader.next());
        EventReader endless = new EventReader(new ByteArrayInputStream(new byte[(1 << 20) + 10]));
        assertThrows(IOException.class, endless::next);
    }
}
