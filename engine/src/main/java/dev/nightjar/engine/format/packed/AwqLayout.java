package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.packed.GroupedWeights.Symmetry;
import dev.nightjar.kernels.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AWQ (Lin et al. 2023, arXiv 2306.00978) in the layout that its library calls {@code gemm}. Codes
 * have 4 bits; with groups of g inputs:
 *
 * <table>
 * <caption>Tensors of a projection with I inputs and O outputs</caption>
 * <tr><td>{@code qweight}</td><td>I32 {@code [I, O / 8]}</td><td>integer {@code [i, c]} holds
 * outputs 8c + 0, 2, 4, 6, 1, 3, 5, 7 of input i, from its lowest nibble up</td></tr>
 * <tr><td>{@code qzeros}</td><td>I32 {@code [I / g, O / 8]}</td><td>zero points of each group in
 * the same order</td></tr>
 * <tr><td>{@code scales}</td><td>F16 {@code [I / g, O]}</td><td></td></tr>
 * </table>
 */
final class AwqLayout implements PackedCodes {
    private static final int BITS = 4;
    private static final int PER_INT = 8;

    /**
     * Where in an integer output 0, 1, 2, … of its eight stands: the inverse of 0 2 4 6 1 3 5 7.
     */
    private static final int[] NIBBLES = {0, 4, 1, 5, 2, 6, 3, 7};

    private final String name;
    private final int numInputs;
    private final int numOutputs;
    private final MemorySegment codes;
    private final MemorySegment zeros;

    private AwqLayout(
            String name, int numInputs, int numOutputs, MemorySegment codes, MemorySegment zeros) {
        this.name = name;
        this.numInputs = numInputs;
        this.numOutputs = numOutputs;
        this.codes = codes;
        this.zeros = zeros;
    }

    static Map<String, LazyTensor> unpack(
            Map<String, LazyTensor> tensors, JsonFields quantization) {
        requireGemm(quantization);
        Map<String, LazyTensor> result = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    PackedNames names = PackedNames.of(name);
                    if (names.isCodes()) {
                        result.put(
                                names.base() + ".weight",
                                weight(names.base(), tensors, quantization));
                    } else if (!names.isPart(tensors)) {
                        result.put(name, tensor);
                    }
                });
        return result;
    }

    private static void requireGemm(JsonFields quantization) {
        String bitsKey = quantization.contains("bits") ? "bits" : "w_bit";
        int bits = quantization.size(bitsKey, 32);
        if (bits != BITS) {
            throw quantization.error(bitsKey, "expected 4, found " + bits);
        }
        String version = quantization.optionalText("version").orElse("gemm");
        if (!version.equalsIgnoreCase("gemm")) {
            throw quantization.error("version", "expected gemm, found \"%s\"".formatted(version));
        }
    }

    private static LazyTensor weight(
            String name, Map<String, LazyTensor> tensors, JsonFields quantization) {
        LazyTensor qweight = PackedNames.integers(tensors, name, "qweight");
        int numInputs = Math.toIntExact(qweight.shape().dim(0));
        int numOutputs = Math.toIntExact(Math.multiplyExact(qweight.shape().dim(1), PER_INT));
        String key = quantization.contains("group_size") ? "group_size" : "q_group_size";
        GroupOrder groups =
                GroupOrder.consecutive(numInputs, PackedNames.groupSize(quantization, key));
        LazyTensor qzeros = PackedNames.integers(tensors, name, "qzeros");
        Shape expected = new Shape(groups.numGroups(), numOutputs / PER_INT);
        if (!qzeros.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    "tensor %s.qzeros: expected %s, found %s"
                            .formatted(name, expected, qzeros.shape()));
        }
        PackedCodes codes =
                new AwqLayout(
                        name,
                        numInputs,
                        numOutputs,
                        PackedNames.memory(qweight),
                        PackedNames.memory(qzeros));
        return new GroupedWeights(
                        codes,
                        PackedNames.part(tensors, name, "scales"),
                        groups,
                        Symmetry.ASYMMETRIC)
                .tensor();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int bits() {
        return BITS;
    }

    @Override
    public int numInputs() {
        return numInputs;
    }

    @Override
    public int numOutputs() {
        return numOutputs;
    }

    @Override
    public void differences(int input, int group, int[] target) {
        long rowBytes = 4L * (numOutputs / PER_INT);
        for (int o = 0; o < numOutputs; o += PER_INT) {
            int code = codes.get(Bits.INT, input * rowBytes + o / 2);
            int zero = zeros.get(Bits.INT, group * rowBytes + o / 2);
            for (int k = 0; k < PER_INT; k++) {
                int shift = BITS * NIBBLES[k];
                target[o + k] = (code >>> shift & 15) - (zero >>> shift & 15);
            }
        }
    }
}
