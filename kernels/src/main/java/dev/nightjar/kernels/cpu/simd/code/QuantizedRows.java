package dev.nightjar.kernels.cpu.simd.code;

import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;

/**
 * Activations in blocks of 8 bits for {@link CodeFormat#dot}, which reads codes as words of the
 * weights hold theirs: for four columns, an int with the codes of the first and third, then one
 * with those of the second and fourth. Buffers grow on demand.
 */
public final class QuantizedRows {

    private static final int BLOCK = QuantizedTiles.BLOCK;

    /** Codes {@code [rows, cols / 2]}. */
    int[] pairs = new int[0];

    /** Factors {@code [rows, cols / 32]}. */
    float[] factors = new float[0];

    /** Factor times sum of the codes of a block. */
    float[] totals = new float[0];

    /** Where a sum of a block begins: minus 8 times the sum of its codes, in the lower half. */
    int[] starts = new int[0];

    /**
     * Where the sums of a run of 16 begin, {@code [rows, cols / 16]}: in each half of the int,
     * minus 32 times the sum of the codes that it meets.
     */
    int[] runStarts = new int[0];

    /** Elements of a row. */
    int cols;

    private final float[] rounded = new float[BLOCK];

    /** Quantizes the first {@code n} rows. */
    public void quantize(MatmulRows rows, int n) {
        cols = rows.cols;
        int needed = Math.multiplyExact(n, cols);
        if (pairs.length < needed / 2) {
            pairs = new int[needed / 2];
            factors = new float[needed / BLOCK];
            totals = new float[needed / BLOCK];
            starts = new int[needed / BLOCK];
            runStarts = new int[needed / 16];
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < cols; k += BLOCK) {
                block(rows.x, rows.xStart[i] + k, i * cols + k);
            }
        }
    }

    private void block(float[] x, int from, int to) {
        float dx = BlockQuantizer.quantize(x, from, rounded, 0);
        int sum = 0;
        for (int run = 0; run < 2; run++) {
            int low = 0;
            int high = 0;
            for (int j = 16 * run, p = (to + j) / 2; j < 16 * run + 16; j += 4, p += 2) {
                int a = (int) rounded[j];
                int b = (int) rounded[j + 1];
                int c = (int) rounded[j + 2];
                int d = (int) rounded[j + 3];
                pairs[p] = c << 16 | a & 0xffff;
                pairs[p + 1] = d << 16 | b & 0xffff;
                low += a + b;
                high += c + d;
            }
            runStarts[to / 16 + run] = -32 * high << 16 | -32 * low & 0xffff;
            sum += low + high;
        }
        factors[to / BLOCK] = dx;
        totals[to / BLOCK] = dx * sum;
        starts[to / BLOCK] = -8 * sum & 0xffff;
    }
}
