package dev.nightjar.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each kernel benchmark once, on sizes of no meaning, so that none of them rots. */
class KernelBenchmarksTest {

    private static Collection<RunResult> run(String names) throws RunnerException {
        return new Runner(
                        new OptionsBuilder()
                                .include("dev\\.nightjar\\.bench\\.kernel\\." + names)
                                .forks(0)
                                .mode(Mode.SingleShotTime)
                                .warmupIterations(0)
                                .measurementIterations(1)
                                .verbosity(VerboseMode.SILENT)
                                .shouldFailOnError(true)
                                .param("tokens", "3")
                                .param("rows", "40")
                                .param("cols", "512")
                                .param("copies", "2")
                                .param("shape", "2x3x45")
                                .param("hidden", "96")
                                .param("intermediate", "160")
                                .param("vocabulary", "1000")
                                .param("mebibytes", "1")
                                .param("trees", "9")
                                .build())
                .run();
    }

    @Test
    void everyBenchmarkRunsAndAgreesWithTheReference() throws RunnerException, IOException {
        Collection<RunResult> roofs = run("RooflineBenchmark.*");
        assertEquals(2, roofs.size());
        Collection<RunResult> kernels = run("(Matmul|Attention|Elementwise|Sampling|Tree).*");
        assertEquals(8 * 2 + 2 * 2 + 4 + 2 * 2 + 3 * 2, kernels.size());
        List<KernelResult> results = KernelResult.of(roofs, kernels);
        for (KernelResult result : results) {
            assertTrue(Double.isFinite(result.rooflineShare()), result::toString);
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        KernelResult.write(results, json);
        String text = json.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\"kernel\" : \"Matmul.vector T=3\""), text);
    }
}
