package dev.nightjar.kernels.cpu.simd.layout;

import java.util.Arrays;

/** How ranges of rows of activations are cut into tiles. */
public final class RowTiles {

    /** Tiles so far. */
    public int count;

    /** The first row of a tile in {@link MatmulRows}. */
    public int[] first = new int[0];

    /** Rows of a tile that are no padding. */
    public int[] used = new int[0];

    /** Rows of a tile, some of them perhaps padding. */
    public int[] size = new int[0];

    /** Rows of all tiles before this one. */
    public int[] before = new int[0];

    /** Forgets all tiles. */
    public void clear() {
        count = 0;
    }

    /**
     * Cuts rows {@code [from, to)} into tiles.
     *
     * @param most rows of the largest tile: 6, or a multiple of four as all other sizes
     */
    public void add(int from, int to, int most) {
        for (int i = from; i < to; i += size[count - 1]) {
            if (count == first.length) {
                grow();
            }
            first[count] = i;
            size[count] = most == 6 ? sixOrFour(to - i) : Math.min(most, (to - i + 3) / 4 * 4);
            used[count] = Math.min(size[count], to - i);
            before[count] = rowsBefore(count);
            count++;
        }
    }

    /** Cuts rows {@code [from, to)} into tiles of about the same size, without padding. */
    public void addEvenly(int from, int to, int most) {
        int left = Math.ceilDiv(to - from, most);
        for (int i = from; i < to; i += size[count - 1], left--) {
            if (count == first.length) {
                grow();
            }
            first[count] = i;
            size[count] = Math.ceilDiv(to - i, left);
            used[count] = size[count];
            before[count] = rowsBefore(count);
            count++;
        }
    }

    /** Rows of the next tile: seven or eight are two tiles of four, not one of six and a rest. */
    private static int sixOrFour(int rows) {
        return rows <= 4 || rows == 7 || rows == 8 ? 4 : 6;
    }

    private void grow() {
        int length = Math.max(16, 2 * first.length);
        first = Arrays.copyOf(first, length);
        used = Arrays.copyOf(used, length);
        size = Arrays.copyOf(size, length);
        before = Arrays.copyOf(before, length);
    }

    /** The tile that begins with this row, or {@link #count} behind the last one. */
    public int tileAt(int row) {
        int tile = Arrays.binarySearch(first, 0, count, row);
        return tile < 0 ? -tile - 1 : tile;
    }

    /** How many tiles from {@code tile} on, before {@code end}, have its size and no padding. */
    public int alike(int tile, int end) {
        int next = tile + 1;
        while (next < end && size[next] == size[tile] && used[next] == size[tile]) {
            next++;
        }
        return next - tile;
    }

    /** Rows of all tiles before this one, which may be the end. */
    public int rowsBefore(int tile) {
        return tile == 0 ? 0 : before[tile - 1] + size[tile - 1];
    }
}
