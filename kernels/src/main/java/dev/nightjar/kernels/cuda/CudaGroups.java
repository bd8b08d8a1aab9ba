package dev.nightjar.kernels.cuda;

/**
 * The rows of a step by the expert that each one goes to, found on the device. What is launched
 * depends on the number of rows and of experts alone, never on the choice.
 */
final class CudaGroups {

    private static final int THREADS = 256;

    /** Rows of a tile where experts have few, and where they have many. */
    private static final int FEW = 8;

    private static final int MANY = 64;

    private static final int TILE_INTS = 3;

    private final CudaDispatch dispatch;
    private final DeviceScratch scratch;
    private Key last;
    private Tiles found;

    /**
     * Tiles of up to {@code tileRows} rows of one expert, as native/cuda/matmul_grouped.cu has
     * them.
     *
     * @param order address of the rows by expert
     * @param tiles address of the tiles
     * @param count tiles that any choice fits into
     */
    record Tiles(long order, long tiles, int tileRows, int count) {}

    private record Key(CudaIndexBuffer chosen, long choice, int n, int numExperts) {}

    CudaGroups(CudaDispatch dispatch) {
        this.dispatch = dispatch;
        scratch = new DeviceScratch(dispatch.memory());
    }

    /**
     * Groups the first n entries; valid until the next call. A choice that an op made is grouped
     * once, so that both products of a layer share it. One that the host filled is grouped each
     * time: what launches a step has must not depend on steps before it.
     */
    Tiles of(CudaIndexBuffer chosen, int n, int numExperts) {
        Key key = new Key(chosen, chosen.opWrites(), n, numExperts);
        if (!key.equals(last) || key.choice == CudaIndexBuffer.BY_HOST) {
            found = group(chosen, n, numExperts);
            last = key;
        }
        return found;
    }

    private Tiles group(CudaIndexBuffer chosen, int n, int numExperts) {
        int tileRows = n <= (long) FEW * numExperts ? FEW : MANY;
        int count = mostTiles(n, numExperts, tileRows);
        long tileBytes = (long) TILE_INTS * Integer.BYTES * count;
        long tiles = scratch.reserve(tileBytes + (long) Integer.BYTES * n);
        long order = tiles + tileBytes;
        dispatch.of("group_rows")
                .wide(chosen.address())
                .number(n)
                .number(numExperts)
                .number(tileRows)
                .number(count)
                .wide(order)
                .wide(tiles)
                .run(numExperts + 1, 1, 1, THREADS, Integer.BYTES * (numExperts + 1));
        return new Tiles(order, tiles, tileRows, count);
    }

    /** Each expert that has rows, and one that does not exist, may have a tile that is not full. */
    static int mostTiles(int n, int numExperts, int tileRows) {
        long groups = Math.min(numExperts + 1L, n);
        return Math.toIntExact((n + groups * (tileRows - 1)) / tileRows);
    }
}
