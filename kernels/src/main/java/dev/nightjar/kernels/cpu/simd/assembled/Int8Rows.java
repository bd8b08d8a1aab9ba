package dev.nightjar.kernels.cpu.simd.assembled;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Weights of any format, each row rounded to whole multiples of a 63rd of its largest magnitude.
 * The codes, 64 added, come first, and the factors of all rows in single precision behind them.
 * With 7 bits, two products with signed bytes fit 16 bits, in which some processors add those.
 */
final class Int8Rows implements GroupPacking {

    static final int LEVELS = 63;

    /** What is added to codes: products of bytes take unsigned ones. */
    static final int CENTRE = 64;

    private static final GroupLayout LAYOUT = GroupLayout.words(4, 1);

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public long bytes(int cols) {
        return LAYOUT.bytes(cols) + (long) Float.BYTES * GroupLayout.ROWS;
    }

    @Override
    public void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        BlockFormat format = BlockFormats.of(tensor.dtype()).orElseThrow();
        float[] row = new float[Math.toIntExact(tensor.shape().cols())];
        long factors = at + LAYOUT.bytes(row.length);
        for (int r = 0; r < count; r++) {
            long from = (first + r) * tensor.rowBytes();
            format.dequantize(tensor.data(), from, row, 0, row.length);
            float factor = pack(row, target, at + 4L * r);
            target.set(FLOAT, factors + (long) Float.BYTES * r, factor);
        }
    }

    /** Writes the codes of a row, and returns what one of them stands for. */
    private static float pack(float[] row, MemorySegment target, long at) {
        float max = 0;
        for (float w : row) {
            max = Math.max(max, Math.abs(w));
        }
        float inverse = LEVELS / max;
        boolean isZero = Float.isInfinite(inverse); // or too small for an inverse
        for (int k = 0; k < row.length; k++) {
            int code = isZero ? 0 : (int) Math.rint(row[k] * inverse);
            long to = at + k / 4 * GroupLayout.WORD_BYTES + k % 4;
            target.set(ValueLayout.JAVA_BYTE, to, (byte) (code + CENTRE));
        }
        return isZero ? 0 : max / LEVELS;
    }
}
