package dev.nightjar.server.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.TestModels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelBenchTest {

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = TestModels.open(LoadOptions.defaults().withMaxSequences(4).withMaxContext(256));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"PREFILL,40,0,1", "PREFILL,33,64,1", "DECODE,8,0,1", "DECODE,20,96,3"})
    void countsExactlyTheTokensOfTheTest(BenchTest.Kind kind, int numTokens, int depth, int batch)
            throws InterruptedException {
        BenchTest test = new BenchTest(kind, numTokens, depth, batch);
        long tokens = engine.stats().computedTokens();
        long generated = engine.stats().generatedTokens();
        List<Double> speeds = new ModelBench(engine.model(), 1).run(test, 2, Duration.ZERO);
        assertEquals(2, speeds.size());
        speeds.forEach(speed -> assertTrue(speed > 0 && Double.isFinite(speed)));
        int warmUp = kind == BenchTest.Kind.DECODE ? Math.min(16, numTokens) : 1;
        long perRun = kind == BenchTest.Kind.DECODE ? numTokens + 1 : 1;
        long runs = kind == BenchTest.Kind.DECODE ? warmUp + 1 + 2 * perRun : 3;
        long contexts = depth > 0 ? batch : 0;
        assertEquals(
                runs * batch + contexts, engine.stats().generatedTokens() - generated, "generated");
        if (kind == BenchTest.Kind.PREFILL) {
            assertEquals(3L * numTokens + depth, engine.stats().computedTokens() - tokens);
        }
    }

    @Test
    void namesSayWhatIsMeasured() {
        List<String> names =
                BenchTest.all(List.of(512, 0), List.of(64), List.of(0, 1024), List.of(1, 8))
                        .stream()
                        .map(BenchTest::name)
                        .toList();
        assertEquals(
                List.of("pp512", "tg64", "tg64@b8", "pp512@d1024", "tg64@d1024", "tg64@d1024@b8"),
                names);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        ModelBench bench = new ModelBench(engine.model(), 1);
        BenchTest deep = new BenchTest(BenchTest.Kind.DECODE, 64, 400, 1);
        String error =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> bench.run(deep, 1, Duration.ZERO))
                        .getMessage();
        assertTrue(error.contains("context of 465 tokens"), error);
        BenchTest wide = new BenchTest(BenchTest.Kind.DECODE, 100, 100, 1000);
        String memory =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> bench.run(wide, 1, Duration.ZERO))
                        .getMessage();
        assertTrue(memory.contains("--kv-memory"), memory);
    }
}
