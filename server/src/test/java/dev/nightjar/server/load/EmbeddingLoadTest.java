package dev.nightjar.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.Members;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddingLoadTest {

    private static final String ANSWER =
            "{\"data\": [{\"embedding\": [0.5, 1]}], \"usage\": {\"prompt_tokens\": 6}}";

    private static LoadSummary run(URI url, int requests) throws InterruptedException {
        LoadPlan plan =
                new LoadPlan(
                        url,
                        LoadPlan.Api.EMBEDDINGS,
                        "m",
                        Optional.empty(),
                        new LoadPlan.Arrival.Concurrency(1),
                        0,
                        requests,
                        4,
                        9,
                        7,
                        Duration.ofSeconds(20),
                        "\"user\": \"u\"");
        List<RequestOutcome> outcomes = new LoadGenerator(plan).run(done -> {});
        return LoadSummary.of(outcomes, new LoadSummary.Targets(10_000, 10_000));
    }

    @Test
    void vectorsCountWhenTheyAreWhole() throws Exception {
        try (FakeServer server = new FakeServer(exchange -> FakeServer.answer(exchange, ANSWER))) {
            LoadSummary summary = run(server.url(), 3);
            assertEquals(Map.of(), summary.errors());
            assertEquals(3, summary.numGood());
            assertEquals(18, summary.numTokens());
            assertTrue(summary.requestsPerSecond() > 0);
            assertTrue(summary.interToken().isEmpty());
            Members body =
                    Members.of(
                            "body",
                            JsonReader.read(server.bodies.peek().getBytes(StandardCharsets.UTF_8)));
            assertEquals(4, body.text("input").split(" ").length);
            assertEquals("u", body.text("user"));
            assertFalse(body.has("stream"));
            assertFalse(body.has("max_tokens"));
        }
    }

    @Test
    void answersWithoutVectorsAreErrors() throws Exception {
        int[] turn = new int[1];
        try (FakeServer server =
                new FakeServer(
                        exchange -> {
                            switch (turn[0]++) {
                                case 0 -> FakeServer.answer(exchange, "{\"data\": []}");
                                case 1 -> FakeServer.answer(exchange, "nonsense");
                                default -> exchange.sendResponseHeaders(429, -1);
                            }
                        })) {
            LoadSummary summary = run(server.url(), 3);
            assertEquals(
                    Map.of("no vector", 1, "malformed answer", 1, "HTTP 429", 1), summary.errors());
            assertEquals(0, summary.numComplete());
        }
    }
}
