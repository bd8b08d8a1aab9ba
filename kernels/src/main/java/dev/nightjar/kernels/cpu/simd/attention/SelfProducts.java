package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.assembled.PanelProducts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Rows of a strip times all panels of a span, by an assembled function where there may be one, and
 * by {@link SelfTiles} otherwise, with the same bits.
 *
 * <p>Of one worker and one kind of product.
 */
final class SelfProducts {

    private static final int ROWS = SelfTiles.ROWS;
    private static final int GROUP = SelfTiles.GROUP;
    private static final int STRIDE = SelfTiles.STRIDE;

    private final PanelProducts[] functions;
    private final boolean assembles;

    private float[] panels;
    private float[] x;
    private float[] sums;
    private int step;
    private MemorySegment panelsSegment;
    private MemorySegment xSegment;
    private MemorySegment sumsSegment;

    /**
     * For strips of up to so many tiles.
     *
     * @param assembles whether a function may be assembled
     */
    SelfProducts(int tiles, boolean assembles) {
        functions = new PanelProducts[tiles + 1];
        this.assembles = assembles && AssembledProducts.areSupported();
    }

    /**
     * Prepares for products of these.
     *
     * @param newStep from a row of sums to the next one
     */
    void start(float[] newPanels, float[] newX, float[] newSums, int newStep) {
        if (step != newStep) {
            Arrays.fill(functions, null);
            step = newStep;
        }
        if (panels != newPanels || x != newX || sums != newSums) {
            panels = newPanels;
            x = newX;
            sums = newSums;
            panelsSegment = MemorySegment.ofArray(panels);
            xSegment = MemorySegment.ofArray(x);
            sumsSegment = MemorySegment.ofArray(sums);
        }
    }

    /**
     * Multiplies.
     *
     * @param n rows; whole tiles are computed
     * @param count columns
     * @param groups consecutive panels of so many columns
     */
    void multiply(int n, int count, int groups) {
        if (assembles && count % PanelProducts.COLUMNS == 0) {
            function((n + ROWS - 1) / ROWS)
                    .multiply(panelsSegment, xSegment, sumsSegment, count, groups);
            return;
        }
        for (int r = 0; r < n; r += ROWS) {
            for (int g = 0; g < groups; g++) {
                int to = r * step + g * GROUP;
                SelfTiles.multiply(panels, g * count * GROUP, count, x, r * STRIDE, sums, to, step);
            }
        }
    }

    private PanelProducts function(int tiles) {
        if (functions[tiles] == null) {
            functions[tiles] = PanelProducts.of(tiles, STRIDE, step);
        }
        return functions[tiles];
    }
}
