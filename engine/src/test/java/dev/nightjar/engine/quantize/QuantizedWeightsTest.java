package dev.nightjar.engine.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is quantized while it is loaded is what {@link Quantizer} writes to a file. */
class QuantizedWeightsTest {

    @TempDir private Path folder;

    private Path quantized(Path file, Mixture mixture) throws IOException {
        Path target = folder.resolve(mixture + ".gguf");
        try (GgufFile source = GgufFile.open(file)) {
            new Quantizer(Recipe.of(mixture), 2, tensor -> {}).run(source, target);
        }
        return target;
    }

    @ParameterizedTest
    @CsvSource({
        "llama, Q4_K_M",
        "mixtral, Q4_K_M",
        "gemma2, Q3_K_M",
        "gpt-oss, Q8_0",
        "bert-mean, Q8_0"
    })
    void tensorsAreThoseOfTheFile(String model, Mixture mixture) throws IOException {
        Path file = SharedFiles.get("golden", model, "model.gguf");
        try (Checkpoint written = Checkpoints.open(quantized(file, mixture));
                Checkpoint original = Checkpoints.open(file);
                Checkpoint loaded = QuantizedCheckpoint.of(Checkpoints.open(file), mixture)) {
            int smaller = 0;
            for (String name : loaded.weights().tensorNames()) {
                Tensor expected = written.weights().tensor(name).orElseThrow();
                Tensor before = original.weights().tensor(name).orElseThrow();
                Tensor actual = loaded.weights().tensor(name, expected.shape()).orElseThrow();
                if (actual.dtype() == before.dtype()) {
                    assertArrayEquals(bytes(before), bytes(actual), name);
                } else {
                    assertEquals(expected.dtype(), actual.dtype(), name);
                    assertArrayEquals(bytes(expected), bytes(actual), name);
                    smaller++;
                }
            }
            assertTrue(smaller > 0, "something was quantized");
            assertEquals(written.weightBytes(), loaded.weightBytes(), written.weightBytes() * 0.3);
        }
    }

    private static byte[] bytes(Tensor tensor) {
        return tensor.data().toArray(ValueLayout.JAVA_BYTE);
    }

    /** Whoever asks for the beginning alone does not pay for the whole. */
    @Test
    void theBeginningHasTheSameType() {
        Path file = SharedFiles.get("golden", "llama", "model.gguf");
        try (Checkpoint loaded = QuantizedCheckpoint.of(Checkpoints.open(file), Mixture.Q8_0)) {
            TensorSource weights = loaded.weights();
            var shape = weights.tensor("blk.0.ffn_up.weight").orElseThrow().shape();
            var rows = new Shape(1, shape.cols());
            Tensor first = weights.beginning("blk.0.ffn_up.weight", rows).orElseThrow();
            assertEquals(DType.Q8_0, first.dtype());
            Tensor whole = weights.tensor("blk.0.ffn_up.weight", shape).orElseThrow();
            assertArrayEquals(bytes(whole.rows(0, 1)), bytes(first));
            assertEquals(Optional.empty(), weights.tensor("nothing.weight", shape));
        }
    }

    @Test
    void aModelSpeaksAsItsFile() throws Exception {
        Path stories = SharedFiles.get("data", "lm", "stories260K-f32.gguf");
        String expected;
        try (Engine engine = Engine.open(quantized(stories, Mixture.Q8_0))) {
            expected = engine.generate("Once upon a time").text();
        }
        try (Engine engine = Engine.builder().quantizeTo(Mixture.Q8_0).model(stories).open()) {
            assertEquals(expected, engine.generate("Once upon a time").text());
        }
    }

    @Test
    void anEncoderComesClose() throws Exception {
        Path file = SharedFiles.get("golden", "bert-mean", "model.gguf");
        float[] exact = vector(Engine.builder().model(file));
        for (Mixture mixture : List.of(Mixture.Q8_0, Mixture.Q5_0)) {
            float[] close = vector(Engine.builder().model(file).quantizeTo(mixture));
            double error = 0;
            double square = 0;
            for (int i = 0; i < exact.length; i++) {
                error += Math.pow(exact[i] - close[i], 2);
                square += Math.pow(exact[i], 2);
            }
            assertNotEquals(0, error, mixture + " rounds");
            assertTrue(
                    error < (mixture == Mixture.Q8_0 ? 0.005 : 0.1) * square,
                    mixture + ": " + error / square);
        }
    }

    private static float[] vector(Engine.Builder builder) throws InterruptedException {
        try (Engine engine = builder.open()) {
            return engine.encoders()
                    .getFirst()
                    .compute(List.of(EncoderInput.of(2, 4, 5, 7, 3)))[0]
                    .clone();
        }
    }
}
