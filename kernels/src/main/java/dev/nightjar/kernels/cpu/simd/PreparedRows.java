package dev.nightjar.kernels.cpu.simd;

/**
 * Activations in every form that the parts of a weight read: as they are, in tiles, quantized.
 * Parts of one weight share them, so that what reads the same activations prepares them once.
 */
final class PreparedRows {

    /** For more rows, decoding codes into a panel pays. */
    private static final int MAX_PAIRED = 16;

    final MatmulRows rows = new MatmulRows();
    final ActivationTiles tiles;
    final QuantizedRows quantized = new QuantizedRows();
    final QuantizedTiles quantizedTiles;

    PreparedRows(WorkerPool pool) {
        tiles = new ActivationTiles(pool);
        quantizedTiles = new QuantizedTiles(pool);
    }

    /** Prepares {@code n} rows that are multiplied one by one. */
    void single(PackedWeight weight, int n) {
        if (weight.hasCodes()) {
            quantized.quantize(rows, n);
        }
    }

    /** Forgets the tiles. */
    void clear() {
        tiles.clear();
        quantizedTiles.clear();
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    void add(int from, int to) {
        tiles.add(from, to);
        quantizedTiles.add(from, to);
    }

    /**
     * Fills the tiles.
     *
     * @param most rows that meet the same weights
     */
    void fill(PackedWeight weight, int most) {
        if (weight.hasFloats()) {
            tiles.pack(rows);
        }
        if (weight.hasCodes()) {
            quantizedTiles.quantize(rows, most <= MAX_PAIRED);
        }
    }
}
