package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.packed.GroupedWeights.Symmetry;
import dev.nightjar.kernels.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * GPTQ (Frantar et al. 2022, arXiv 2210.17323) as its libraries store it. With b bits, p = 32 / b
 * codes per integer and groups of g inputs:
 *
 * <table>
 * <caption>Tensors of a projection with I inputs and O outputs</caption>
 * <tr><td>{@code qweight}</td><td>I32 {@code [I / p, O]}</td><td>the code of input i and output o
 * stands in {@code [i / p, o]}, bits b * (i % p) and up</td></tr>
 * <tr><td>{@code qzeros}</td><td>I32 {@code [I / g, O / p]}</td><td>the zero point of group k and
 * output o stands in {@code [k, o / p]}, bits b * (o % p) and up; less one in {@code
 * checkpoint_format} {@code gptq}, as it is in {@code gptq_v2}</td></tr>
 * <tr><td>{@code scales}</td><td>F16 {@code [I / g, O]}</td><td></td></tr>
 * <tr><td>{@code g_idx}</td><td>I32 {@code [I]}</td><td>group of each input; consecutive unless
 * {@code desc_act}</td></tr>
 * </table>
 *
 * <p>2, 4 and 8 bits; {@code group_size} -1 is one group.
 */
final class GptqLayout implements PackedCodes {
    private static final Set<Integer> BITS = Set.of(2, 4, 8);

    private final String name;
    private final int bits;
    private final int zeroOffset;
    private final int numInputs;
    private final int numOutputs;
    private final MemorySegment codes;
    private final MemorySegment zeros;

    private GptqLayout(
            String name, Parts parts, int bits, int zeroOffset, int numInputs, int numOutputs) {
        this.name = name;
        this.bits = bits;
        this.zeroOffset = zeroOffset;
        this.numInputs = numInputs;
        this.numOutputs = numOutputs;
        this.codes = parts.codes();
        this.zeros = parts.zeros();
    }

    private record Parts(MemorySegment codes, MemorySegment zeros) {}

    static Map<String, LazyTensor> unpack(
            Map<String, LazyTensor> tensors, JsonFields quantization) {
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

    private static LazyTensor weight(
            String name, Map<String, LazyTensor> tensors, JsonFields quantization) {
        int bits = quantization.size("bits", 8);
        String format = quantization.optionalText("checkpoint_format").orElse("gptq");
        if (!BITS.contains(bits)
                || quantization.optionalBoolean("is_marlin_format").orElse(false)) {
            throw quantization.error(
                    "bits", "expected 2, 4 or 8 in the plain layout, found " + bits);
        }
        if (!format.equals("gptq") && !format.equals("gptq_v2")) {
            throw quantization.error(
                    "checkpoint_format",
                    "expected gptq or gptq_v2, found \"%s\"".formatted(format));
        }
        LazyTensor qweight = PackedNames.integers(tensors, name, "qweight");
        int numInputs = Math.toIntExact(qweight.shape().dim(0) * (32 / bits));
        int numOutputs = Math.toIntExact(qweight.shape().dim(1));
        GroupOrder groups = groups(name, tensors, quantization, numInputs);
        LazyTensor qzeros = PackedNames.integers(tensors, name, "qzeros");
        Shape expected = new Shape(groups.numGroups(), numOutputs / (32 / bits));
        if (numOutputs % (32 / bits) != 0 || !qzeros.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    "tensor %s.qzeros: expected %s, found %s"
                            .formatted(name, expected, qzeros.shape()));
        }
        Parts parts = new Parts(PackedNames.memory(qweight), PackedNames.memory(qzeros));
        PackedCodes codes =
                new GptqLayout(
                        name, parts, bits, format.equals("gptq") ? 1 : 0, numInputs, numOutputs);
        boolean isSymmetric = quantization.optionalBoolean("sym").orElse(false);
        return new GroupedWeights(
                        codes,
                        PackedNames.part(tensors, name, "scales"),
                        groups,
                        isSymmetric ? Symmetry.SYMMETRIC : Symmetry.ASYMMETRIC)
                .tensor();
    }

    private static GroupOrder groups(
            String name, Map<String, LazyTensor> tensors, JsonFields quantization, int numInputs) {
        int groupSize = PackedNames.groupSize(quantization, "group_size");
        LazyTensor index = tensors.get(name + ".g_idx");
        return index == null
                ? GroupOrder.consecutive(numInputs, groupSize)
                : GroupOrder.of(name, index, numInputs, groupSize);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int bits() {
        return bits;
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
        int perInt = 32 / bits;
        int mask = (1 << bits) - 1;
        int shift = bits * (input % perInt);
        long codesAt = 4L * (input / perInt) * numOutputs;
        long zerosAt = 4L * group * (numOutputs / perInt);
        for (int o = 0; o < numOutputs; o++) {
            int code = codes.get(Bits.INT, codesAt + 4L * o) >>> shift & mask;
            int packed = zeros.get(Bits.INT, zerosAt + 4L * (o / perInt));
            int zero = (packed >>> bits * (o % perInt) & mask) + zeroOffset;
            target[o] = code - zero;
        }
    }
}
