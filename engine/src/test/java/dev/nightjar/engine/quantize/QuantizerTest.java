package dev.nightjar.engine.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufWriter;
import dev.nightjar.kernels.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in, files out: types, keys, errors, and that the result is a model. */
class QuantizerTest {

    @TempDir private Path folder;

    private static float[] gaussian(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static GgufWriter small() {
        return new GgufWriter()
                .string("general.architecture", "llama")
                .uint32("general.file_type", 0)
                .uint32("split.count", 1)
                .string("general.name", "small")
                .floatTensor("token_embd.weight", gaussian(4 * 256), 4, 256)
                .floatTensor("output.weight", gaussian(4 * 256), 4, 256)
                .floatTensor("blk.0.attn_norm.weight", gaussian(256), 256)
                .floatTensor("blk.0.attn_q.weight", gaussian(3 * 96), 3, 96)
                .floatTensor("blk.0.attn_k.weight", gaussian(3 * 33), 3, 33)
                .floatTensor("blk.0.ffn_gate_inp.weight", gaussian(2 * 256), 2, 256)
                .floatTensor("blk.0.ffn_up.weight", gaussian(5 * 512), 5, 512);
    }

    private QuantizationReport run(GgufFile source, Recipe recipe, Path target) throws IOException {
        return new Quantizer(recipe, 2, tensor -> {}).run(source, target);
    }

    @Test
    void typesFollowTheMixtureAndTheShape() throws IOException {
        Path target = folder.resolve("out.gguf");
        GgufFile source = small().toFile();
        Recipe recipe = Recipe.of(Mixture.Q4_K_S).keep(KeptTensors.parse("token_embd=q5_1"));
        QuantizationReport report = run(source, recipe, target);
        try (GgufFile file = GgufFile.open(target)) {
            assertEquals(DType.Q5_1, file.tensors().get("token_embd.weight").dtype());
            assertEquals(DType.Q6_K, file.tensors().get("output.weight").dtype());
            assertEquals(DType.F32, file.tensors().get("blk.0.attn_norm.weight").dtype());
            assertEquals(DType.Q5_0, file.tensors().get("blk.0.attn_q.weight").dtype());
            assertEquals(DType.F16, file.tensors().get("blk.0.attn_k.weight").dtype());
            assertEquals(DType.F32, file.tensors().get("blk.0.ffn_gate_inp.weight").dtype());
            assertEquals(DType.Q4_K, file.tensors().get("blk.0.ffn_up.weight").dtype());
            assertEquals(source.tensorNames(), file.tensorNames());
            assertEquals(14, file.metadata().intValue("general.file_type"));
            assertEquals(2, file.metadata().intValue("general.quantization_version"));
            assertEquals("small", file.metadata().string("general.name"));
            assertFalse(file.metadata().contains("split.count"));
        }
        assertEquals(Files.size(target), report.bytes());
        TensorReport norm = report.tensors().get(2);
        assertEquals(0, norm.rmse());
        TensorReport up = report.tensors().get(6);
        assertEquals(5 * 2 * 144, up.bytes());
        assertTrue(up.rmse() > 0.03 && up.rmse() < 0.1, up.toString());
        assertTrue(up.maxError() > up.rmse(), up.toString());
    }

    /** More elements than one slab and one task hold, and a ragged end. */
    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        int rows = 4100;
        float[] weights = new float[rows * 1024];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i * 0x9e3779b9) * 0x1p-31f;
        }
        GgufFile source =
                new GgufWriter().floatTensor("blk.0.ffn_up.weight", weights, rows, 1024).toFile();
        List<TensorReport> reports = new ArrayList<>();
        List<byte[]> files = new ArrayList<>();
        for (int threads : new int[] {1, 3}) {
            Path target = folder.resolve(threads + ".gguf");
            new Quantizer(Recipe.of(Mixture.Q8_0), threads, reports::add).run(source, target);
            files.add(Files.readAllBytes(target));
        }
        assertEquals(reports.getFirst(), reports.getLast());
        assertArrayEquals(files.getFirst(), files.getLast());
    }

    @Test
    void aWeightThatIsNoNumberIsNamed() throws IOException {
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            float[] weights = gaussian(2 * 256);
            weights[300] = bad;
            assertRefused(weights, "element 300 is " + bad);
        }
    }

    /** The scale of a block is a half, which ends at 65504. */
    @Test
    void aWeightBeyondTheRangeOfItsScaleIsNamed() throws IOException {
        float[] weights = gaussian(2 * 256);
        weights[300] = 1e30f;
        assertRefused(weights, "element 300 is 1.0E30, which Q4_0 cannot hold");
    }

    private void assertRefused(float[] weights, String part) throws IOException {
        GgufFile source = new GgufWriter().floatTensor("a.weight", weights, 2, 256).toFile();
        Path target = folder.resolve("out.gguf");
        var error =
                assertThrows(
                        UnquantizableValueException.class,
                        () -> run(source, Recipe.of(Mixture.Q4_0), target));
        assertTrue(error.getMessage().contains("tensor a.weight"), error.getMessage());
        assertTrue(error.getMessage().contains(part), error.getMessage());
        assertEquals(0, folder.toFile().list().length, "nothing is left behind");
    }

    @Test
    void exceptionsThatCannotBeHeldAreErrors() {
        GgufFile source = small().toFile();
        Path target = folder.resolve("out.gguf");
        for (String keep : List.of("no_such=Q8_0", "attn_k=Q8_0")) {
            Recipe recipe = Recipe.of(Mixture.F16).keep(KeptTensors.parse(keep));
            assertThrows(ModelFormatException.class, () -> run(source, recipe, target));
        }
        assertThrows(IllegalArgumentException.class, () -> KeptTensors.parse("Q8_0"));
        assertThrows(IllegalArgumentException.class, () -> KeptTensors.parse("a[=Q8_0"));
        assertThrows(UnknownMixtureException.class, () -> KeptTensors.parse("a=TQ2_0"));
        assertThrows(UnknownMixtureException.class, () -> Mixture.named("F8_E4M3"));
    }

    @Test
    void typesThatCannotBeReadAreNamed() {
        GgufFile source = new GgufWriter().zeros("a.weight", DType.IQ3_S, 1, 256).toFile();
        var error =
                assertThrows(
                        ModelFormatException.class,
                        () -> run(source, Recipe.of(Mixture.Q8_0), folder.resolve("out.gguf")));
        assertTrue(error.getMessage().contains("IQ3_S"), error.getMessage());
    }

    /** Experts, tied embeddings, latent attention: each file keeps its tensors and its keys. */
    @ParameterizedTest
    @CsvSource({"mixtral, Q4_K_M", "gemma2, Q3_K_M", "deepseek2, IQ4_XS", "gpt-oss, MXFP4"})
    void everyKindOfModelIsTaken(String model, Mixture mixture) throws IOException {
        Path target = folder.resolve("out.gguf");
        try (GgufFile source = GgufFile.open(SharedFiles.get("golden", model, "model.gguf"))) {
            run(source, Recipe.of(mixture), target);
            try (GgufFile file = GgufFile.open(target)) {
                assertEquals(source.tensorNames(), file.tensorNames());
                assertTrue(file.metadata().keys().containsAll(source.metadata().keys()));
                assertTrue(file.fileBytes() < 0.75 * source.fileBytes(), model);
            }
        }
    }

    /** From one quantized type to another, and the result runs. */
    @Test
    void theResultIsAModel() throws Exception {
        Path target = folder.resolve("stories-q4.gguf");
        Path stories = SharedFiles.get("data", "lm", "stories260K-f32.gguf");
        try (GgufFile source = GgufFile.open(stories)) {
            run(source, Recipe.of(Mixture.Q8_0), folder.resolve("stories-q8.gguf"));
        }
        try (GgufFile source = GgufFile.open(folder.resolve("stories-q8.gguf"))) {
            run(source, Recipe.of(Mixture.Q5_0), target);
        }
        try (Engine engine = Engine.open(target)) {
            String text = engine.generate("Once upon a time").text();
            assertTrue(text.contains("there was"), text);
        }
    }
}
