package dev.nightjar.server.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchRowsTest {

    private static final BenchRow ROW =
            new BenchRow("m", "tg64@b8", List.of(3.0, 1.0, 2.0), 2, Map.of("backend", "vector"));

    private static BenchRow row(String model, String test, Double... samples) {
        return new BenchRow(model, test, List.of(samples), 2, Map.of());
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rowsHaveTheDocumentedKeys() {
        JsonValue document = JsonReader.read(BenchRows.toJson(List.of(ROW)));
        JsonObject first = (JsonObject) ((JsonArray) document).elements().getFirst();
        assertEquals(
                List.of(
                        "model",
                        "test",
                        "tokens_per_second",
                        "min",
                        "max",
                        "runs",
                        "threads",
                        "samples",
                        "backend"),
                List.copyOf(first.members().keySet()));
        assertEquals(List.of(ROW), BenchRows.parse("f", document));
    }

    @Test
    void rowsWithoutSamplesAndThoseOfLlamaBenchAreRead() {
        BenchRow bare =
                BenchRows.parse(
                                "f",
                                json(
                                        """
                                        [{"model": "m", "test": "pp8", "tokens_per_second": 5, "min": 4,
                                          "max": 7.5, "runs": 5, "threads": 2}]"""))
                        .getFirst();
        assertEquals(5, bare.tokensPerSecond());
        assertEquals(7.5, bare.sample().max());
        BenchRow peer =
                BenchRows.parse(
                                "f",
                                json(
                                        """
                                        [{"model_filename": "/m/llama-1b.gguf", "n_prompt": 0, "n_gen": 64,
                                          "n_depth": 1024, "n_threads": 2, "build_commit": "abc",
                                          "samples_ts": [40.5, 41, 39]}]"""))
                        .getFirst();
        assertEquals("tg64@d1024", peer.test());
        assertEquals("llama-1b", peer.model());
        assertEquals(40.5, peer.tokensPerSecond());
    }

    @Test
    void otherDocumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> BenchRows.parse("f", json("{}")));
        String error =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> BenchRows.parse("f", json("[{\"test\": 1}]")))
                        .getMessage();
        assertTrue(error.startsWith("f: test: expected a string, found an integer"), error);
    }

    @Test
    void noiseIsWhatTheRunsOfBothAllow() {
        List<Comparison> comparisons =
                Comparison.of(
                        List.of(row("a", "tg8", 10.0, 11.0, 9.0), row("a", "pp8", 100.0, 101.0)),
                        List.of(row("b", "tg8", 12.0, 14.0, 13.0), row("b", "pp8", 90.0, 110.0)));
        Comparison faster = comparisons.getFirst();
        assertEquals(1.3, faster.ratio(), 1e-12);
        assertEquals(12.0 / 11, faster.lowest(), 1e-12);
        assertEquals(14.0 / 9, faster.highest(), 1e-12);
        assertTrue(faster.isBeyondNoise());
        assertFalse(comparisons.getLast().isBeyondNoise());
    }

    @Test
    void namesCountWhereAFileHasSeveralModels() {
        List<BenchRow> before = List.of(row("a", "tg8", 1.0), row("b", "tg8", 2.0));
        List<Comparison> comparisons =
                Comparison.of(before, List.of(row("b", "tg8", 4.0), row("c", "tg8", 4.0)));
        assertEquals(1, comparisons.size());
        assertEquals(2, comparisons.getFirst().ratio());
    }
}
