package dev.nightjar.kernels.cpu.simd.code;

import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import java.util.Arrays;

/**
 * Activations in blocks of 8 bits for {@link CodeFormat#dot}, in every {@link CodeOrder} that is
 * asked for. Buffers grow on demand.
 */
public final class QuantizedRows {

    private static final int BLOCK = QuantizedTiles.BLOCK;

    /** Factors {@code [rows, cols / 32]}. */
    float[] factors = new float[0];

    /** Factor times sum of the codes of a block. */
    float[] totals = new float[0];

    /** What the centre of codes of four bits stands for: 8 times the sum of a block's codes. */
    int[] centres = new int[0];

    /** Where a sum of a block begins: minus 8 times the sum of its codes, in the lower half. */
    int[] starts = new int[0];

    /**
     * Where the sums of a run of 16 begin, {@code [rows, cols / 16]}: in the lower half of the int,
     * minus 32 times the sum of the first eight codes, in the upper half of the others.
     */
    int[] runStarts = new int[0];

    /** Elements of a row. */
    int cols;

    private int[] codes = new int[0];
    private int count;
    private final int[][] arranged = new int[CodeOrder.COUNT][0];
    private final boolean[] present = new boolean[CodeOrder.COUNT];
    private final int[] block = new int[BLOCK];

    /** Quantizes the first {@code n} rows; nothing is arranged then. */
    public void quantize(MatmulRows rows, int n) {
        cols = rows.cols;
        count = Math.multiplyExact(n, cols);
        if (codes.length < count) {
            codes = new int[count];
            factors = new float[count / BLOCK];
            totals = new float[count / BLOCK];
            centres = new int[count / BLOCK];
            starts = new int[count / BLOCK];
            runStarts = new int[count / 16];
        }
        Arrays.fill(present, false);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < cols; k += BLOCK) {
                block(rows.x, rows.xStart[i] + k, i * cols + k);
            }
        }
    }

    /** Puts the codes in an order, unless they already are. */
    public void arrange(CodeOrder order) {
        int i = order.ordinal();
        if (present[i]) {
            return;
        }
        int needed = count / 16 * order.perRun;
        if (arranged[i].length < needed) {
            arranged[i] = new int[needed];
        }
        order.arrange(codes, count, arranged[i]);
        present[i] = true;
    }

    /** Factors {@code [rows, cols / 16, CodeOrder.perRun]}, two in an int. */
    int[] in(CodeOrder order) {
        return arranged[order.ordinal()];
    }

    private void block(float[] x, int from, int to) {
        float dx = BlockQuantizer.quantize(x, from, block);
        System.arraycopy(block, 0, codes, to, BLOCK);
        int sum = 0;
        for (int run = 0; run < 2; run++) {
            int low = 0;
            int high = 0;
            for (int j = 16 * run; j < 16 * run + 8; j++) {
                low += block[j];
                high += block[j + 8];
            }
            runStarts[to / 16 + run] = -32 * high << 16 | -32 * low & 0xffff;
            sum += low + high;
        }
        factors[to / BLOCK] = dx;
        totals[to / BLOCK] = dx * sum;
        centres[to / BLOCK] = 8 * sum;
        starts[to / BLOCK] = -8 * sum & 0xffff;
    }
}
