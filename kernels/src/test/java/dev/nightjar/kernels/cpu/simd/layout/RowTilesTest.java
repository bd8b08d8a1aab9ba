package dev.nightjar.kernels.cpu.simd.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How rows are cut into tiles. */
class RowTilesTest {

    @Test
    void evenTilesHaveNoPaddingAndDifferByOneRow() {
        for (int rows = 1; rows <= 40; rows++) {
            RowTiles tiles = new RowTiles();
            tiles.addEvenly(0, 3, 8);
            tiles.addEvenly(3, 3 + rows, 8);
            int next = 3;
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int i = 1; i < tiles.count; i++) {
                assertEquals(next, tiles.first[i]);
                assertEquals(next, tiles.before[i]);
                assertEquals(tiles.size[i], tiles.used[i]);
                assertEquals(i, tiles.tileAt(next));
                least = Math.min(least, tiles.size[i]);
                most = Math.max(most, tiles.size[i]);
                next += tiles.size[i];
            }
            assertEquals(3 + rows, next);
            assertEquals(1 + Math.ceilDiv(rows, 8), tiles.count);
            assertTrue(most <= 8 && most - least <= 1, rows + " rows: " + least + " to " + most);
        }
    }
}
