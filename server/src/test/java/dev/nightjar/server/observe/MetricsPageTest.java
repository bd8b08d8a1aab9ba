package dev.nightjar.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.RawClient;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.observe.metric.ParsedPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page of metrics and {@code /stats} say after some traffic. */
final class MetricsPageTest {

    private static final String MODEL = "{model=\"" + TestModels.NAME + "\"}";

    private static TestServer server;

    @BeforeAll
    static void sendTraffic() {
        server = TestServer.start();
        for (int i = 0; i < 3; i++) {
            assertEquals(200, server.post("/v1/completions", completion(9)).status());
        }
        server.post("/v1/completions", "{\"model\":\"nope\",\"prompt\":\"x\"}");
        server.post("/v1/completions", "not json");
        server.get("/no/such/path-7f3a");
        try (RawClient client = server.connect()) {
            client.post("/v1/completions", completion(400).replace("}", ",\"stream\":true}"));
            client.readUntil("data: ");
        }
        TestServer.await("all is over", () -> server.stats().inFlight() == 0);
        TestServer.await("all is counted", () -> page().sum("nightjar_requests_total") == 4);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String completion(int maxTokens) {
        return "{\"model\":\"%s\",\"prompt\":\"Once upon a time there was\",\"max_tokens\":%d}"
                .formatted(TestModels.NAME, maxTokens);
    }

    private static ParsedPage page() {
        return ParsedPage.of(server.get("/metrics").body());
    }

    @Test
    void requestsAreCountedByRouteAndStatus() {
        ParsedPage page = page();
        String route = "{dialect=\"openai\",route=\"/v1/completions\"";
        String posted = route + ",method=\"POST\",status=\"%d\"}";
        assertEquals(3, page.value("nightjar_http_requests_total" + posted.formatted(200)));
        assertEquals(1, page.value("nightjar_http_requests_total" + posted.formatted(404)));
        assertEquals(1, page.value("nightjar_http_requests_total" + posted.formatted(400)));
        assertEquals(1, page.value("nightjar_http_requests_total" + posted.formatted(499)));
        assertEquals(
                1,
                page.value("nightjar_errors_total{dialect=\"openai\",code=\"model_not_found\"}"));
        assertEquals(6, page.value("nightjar_http_request_duration_seconds_count" + route + "}"));
    }

    @Test
    void nothingOfAClientBecomesALabel() {
        String body = server.get("/metrics").body();
        assertFalse(body.contains("path-7f3a"), body);
        assertFalse(body.contains("nope"), body);
        String unknown = "{dialect=\"other\",route=\"other\",method=\"GET\",status=\"404\"}";
        assertEquals(1, page().value("nightjar_http_requests_total" + unknown));
    }

    /** Every series of a text model that traffic moves is above zero after it. */
    @Test
    void seriesMove() {
        ParsedPage page = page();
        for (String name :
                new String[] {
                    "nightjar_steps_total",
                    "nightjar_step_sequences_total",
                    "nightjar_computed_tokens_total",
                    "nightjar_generated_tokens_total",
                    "nightjar_sequences_submitted_total",
                    "nightjar_prefix_cache_lookups_total",
                    "nightjar_kv_blocks_capacity",
                    "nightjar_queue_seconds_count",
                    "nightjar_time_to_first_token_seconds_count",
                    "nightjar_inter_token_seconds_count",
                    "nightjar_step_duration_seconds_count",
                    "nightjar_batch_sequences_count",
                    "nightjar_batch_tokens_sum"
                }) {
            assertTrue(page.value(name + MODEL) > 0, name);
        }
        for (String name :
                new String[] {
                    "process_start_time_seconds",
                    "process_cpu_seconds_total",
                    "process_open_fds",
                    "process_resident_memory_bytes",
                    "jvm_memory_used_bytes",
                    "jvm_threads_current",
                    "nightjar_build_info"
                }) {
            assertTrue(page.sum(name) > 0, name);
        }
    }

    @Test
    void tokensOfASequenceAddUp() {
        ParsedPage page = page();
        double first = page.value("nightjar_time_to_first_token_seconds_count" + MODEL);
        double others = page.value("nightjar_inter_token_seconds_count" + MODEL);
        assertEquals(4, first);
        assertEquals(page.value("nightjar_generated_tokens_total" + MODEL), first + others);
        assertEquals(
                page.value("nightjar_step_sequences_total" + MODEL),
                page.value("nightjar_batch_sequences_sum" + MODEL));
        assertEquals(
                page.value("nightjar_computed_tokens_total" + MODEL),
                page.value("nightjar_batch_tokens_sum" + MODEL));
    }

    @Test
    void requestsToModelsAreCountedByOutcome() {
        ParsedPage page = page();
        String labels =
                "{model=\"%s\",dialect=\"openai\",tier=\"default\",outcome=\"%%s\"}"
                        .formatted(TestModels.NAME);
        assertEquals(3, page.value("nightjar_requests_total" + labels.formatted("ok")));
        assertEquals(1, page.value("nightjar_requests_total" + labels.formatted("abandoned")));
        assertEquals(3, page.value("nightjar_request_duration_seconds_count" + MODEL));
    }

    @Test
    void theLastMinuteIsDrawn() {
        Json stats = server.get("/stats").json();
        Json minute = stats.at("models.0.last_minute");
        assertTrue(minute.at("generated_tokens_per_second").number() > 0);
        assertTrue(minute.at("sequences_per_second").number() > 0);
        assertTrue(minute.at("itl_ms.p50").number() > 0);
        assertTrue(minute.at("ttft_ms.p95").number() >= minute.at("ttft_ms.p50").number());
        assertTrue(stats.at("http.last_minute.requests_per_second").number() > 0);
        assertTrue(stats.at("http.last_minute.seconds").number() > 0);
        assertTrue(stats.at("process.threads").integer() > 0);
    }
}
