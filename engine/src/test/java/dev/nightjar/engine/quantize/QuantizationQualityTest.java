package dev.nightjar.engine.quantize;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The error that quantizing leaves, tensor by tensor, against that of files that an independent
 * quantizer made of the same weights.
 */
class QuantizationQualityTest {

    private static final double MAX_RATIO = 1.02;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q2_K", "Q3_K", "Q4_K",
                "Q5_K", "Q6_K", "IQ4_NL", "IQ4_XS", "MXFP4"
            })
    void noTensorIsWorse(String type) {
        DType dtype = DType.valueOf(type);
        int compared = 0;
        try (GgufFile plain = GgufFile.open(SharedFiles.get("golden", "quant-F32", "model.gguf"));
                GgufFile golden =
                        GgufFile.open(SharedFiles.get("golden", "quant-" + type, "model.gguf"))) {
            for (String name : plain.tensorNames()) {
                Tensor theirs = golden.tensor(name).orElseThrow();
                if (theirs.dtype() == dtype) {
                    float[] weights = values(plain.tensor(name).orElseThrow());
                    double expected = rmse(weights, theirs);
                    double actual = rmse(weights, quantize(weights, theirs));
                    assertTrue(
                            actual <= MAX_RATIO * expected,
                            "%s %s: %g, not %g".formatted(type, name, actual, expected));
                    compared++;
                }
            }
        }
        assertTrue(compared > 0, "no tensor of " + type);
    }

    private static Tensor quantize(float[] weights, Tensor like) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) like.data().byteSize()]);
        BlockFormats.of(like.dtype()).orElseThrow().quantize(weights, 0, weights.length, bytes, 0);
        return new Tensor(like.dtype(), like.shape(), bytes);
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.shape().numElements()];
        BlockFormats.of(tensor.dtype())
                .orElseThrow()
                .dequantize(tensor.data(), 0, values, 0, values.length);
        return values;
    }

    private static double rmse(float[] weights, Tensor quantized) {
        float[] read = values(quantized);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += ((double) weights[i] - read[i]) * ((double) weights[i] - read[i]);
        }
        return Math.sqrt(sum / weights.length);
    }
}
