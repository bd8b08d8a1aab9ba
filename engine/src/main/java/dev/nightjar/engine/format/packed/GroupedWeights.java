package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.lazy.TensorCopies;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/**
 * Converts integer weights with a scale and a zero point per group of inputs, {@code w[o, i] =
 * scale[g(i), o] * (code[i, o] - zero[g(i), o])}, to a type that can be multiplied with. Exactly,
 * where groups are consecutive inputs in multiples of 32 and scales are F16:
 *
 * <table>
 * <caption>What weights become</caption>
 * <tr><td>4 bits or fewer, zero points all in the middle (symmetric)</td><td>Q4_0</td><td>0.56
 * bytes per weight, exact</td></tr>
 * <tr><td>4 bits or fewer, any zero points</td><td>Q8_0</td><td>1.06, exact</td></tr>
 * <tr><td>8 bits, symmetric</td><td>Q8_0</td><td>1.06, exact</td></tr>
 * <tr><td>8 bits, any zero points; groups in the order of activation; other groups or scales</td>
 * <td>the type of the scales</td><td>2 (4 for F32), rounded to it</td></tr>
 * </table>
 */
final class GroupedWeights {
    private static final int TILE = 32;

    private final PackedCodes codes;
    private final LazyTensor scales;
    private final GroupOrder groups;
    private final DType target;

    GroupedWeights(PackedCodes codes, LazyTensor scales, GroupOrder groups, Symmetry symmetry) {
        this.codes = codes;
        this.scales = scales;
        this.groups = groups;
        this.target = target(symmetry);
        Shape expected = new Shape(groups.numGroups(), codes.numOutputs());
        if (!scales.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    "tensor %s.scales: expected %s, found %s"
                            .formatted(codes.name(), expected, scales.shape()));
        }
    }

    /** What the configuration says about zero points. */
    enum Symmetry {
        /** All of them are half of the range. */
        SYMMETRIC,
        /** Any. */
        ASYMMETRIC
    }

    private DType target(Symmetry symmetry) {
        boolean fitsBlocks =
                scales.dtype() == DType.F16
                        && codes.numInputs() % TILE == 0
                        && groups.isInMultiplesOf(TILE);
        boolean isSymmetric = symmetry == Symmetry.SYMMETRIC;
        if (!fitsBlocks || codes.bits() > 4 && !isSymmetric) {
            return scales.dtype();
        }
        return codes.bits() <= 4 && isSymmetric ? DType.Q4_0 : DType.Q8_0;
    }

    /** The weight {@code [outputs, inputs]}. */
    LazyTensor tensor() {
        Shape shape = new Shape(codes.numOutputs(), codes.numInputs());
        return LazyTensor.of(target, shape, loading -> convert(shape, loading.memory()));
    }

    private Tensor convert(Shape shape, SegmentAllocator memory) {
        MemorySegment bytes = TensorCopies.allocate(memory, target, shape);
        int inputs = codes.numInputs();
        int[][] differences = new int[TILE][codes.numOutputs()];
        for (int first = 0; first < inputs; first += TILE) {
            int count = Math.min(TILE, inputs - first);
            for (int i = 0; i < count; i++) {
                codes.differences(first + i, groups.of(first + i), differences[i]);
            }
            switch (target) {
                case Q4_0 -> writeQ4(differences, first, bytes);
                case Q8_0 -> writeQ8(differences, first, bytes);
                default -> writePlain(differences, first, count, bytes);
            }
        }
        return new Tensor(target, shape, bytes);
    }

    /** Blocks of {@link DType#Q4_0}; codes are stored plus 8. */
    private void writeQ4(int[][] differences, int first, MemorySegment bytes) {
        short[] row = scaleBits(groups.of(first));
        long rowBytes = target.bytesFor(codes.numInputs());
        for (int o = 0; o < codes.numOutputs(); o++) {
            long at = o * rowBytes + target.bytesFor(first);
            bytes.set(Bits.SHORT, at, row[o]);
            for (int j = 0; j < TILE / 2; j++) {
                int low = nibble(differences[j][o]);
                int high = nibble(differences[j + TILE / 2][o]);
                bytes.set(Bits.BYTE, at + 2 + j, (byte) (low | high << 4));
            }
        }
    }

    private int nibble(int difference) {
        int code = difference + 8;
        if (code < 0 || code > 15) {
            throw new ModelFormatException(
                    "tensor %s.qzeros: expected zero points in the middle as \"sym\" says, found others"
                            .formatted(codes.name()));
        }
        return code;
    }

    private void writeQ8(int[][] differences, int first, MemorySegment bytes) {
        short[] row = scaleBits(groups.of(first));
        long rowBytes = target.bytesFor(codes.numInputs());
        for (int o = 0; o < codes.numOutputs(); o++) {
            long at = o * rowBytes + target.bytesFor(first);
            bytes.set(Bits.SHORT, at, row[o]);
            for (int j = 0; j < TILE; j++) {
                int value = differences[j][o];
                if (value != (byte) value) {
                    throw new ModelFormatException(
                            "tensor %s.qzeros: expected zero points in the middle as \"sym\" says, found others"
                                    .formatted(codes.name()));
                }
                bytes.set(Bits.BYTE, at + 2 + j, (byte) value);
            }
        }
    }

    private void writePlain(int[][] differences, int first, int count, MemorySegment bytes) {
        BlockFormat format = BlockFormats.of(target).orElseThrow();
        float[][] factors = new float[count][];
        for (int i = 0; i < count; i++) {
            int group = groups.of(first + i);
            boolean isSame = i > 0 && group == groups.of(first + i - 1);
            factors[i] = isSame ? factors[i - 1] : scaleRow(group);
        }
        float[] values = new float[count];
        long inputs = codes.numInputs();
        for (int o = 0; o < codes.numOutputs(); o++) {
            for (int i = 0; i < count; i++) {
                values[i] = factors[i][o] * differences[i][o];
            }
            format.quantize(values, 0, count, bytes, target.bytesFor(o * inputs + first));
        }
    }

    private float[] scaleRow(int group) {
        int outputs = codes.numOutputs();
        return scales.copyFrom(
                tensor -> TensorCopies.floats(tensor, (long) group * outputs, outputs));
    }

    private short[] scaleBits(int group) {
        int outputs = codes.numOutputs();
        return scales.copyFrom(
                tensor -> {
                    short[] bits = new short[outputs];
                    MemorySegment row = tensor.data().asSlice(2L * group * outputs, 2L * outputs);
                    for (int o = 0; o < outputs; o++) {
                        bits[o] = row.get(Bits.SHORT, 2L * o);
                    }
                    return bits;
                });
    }
}
