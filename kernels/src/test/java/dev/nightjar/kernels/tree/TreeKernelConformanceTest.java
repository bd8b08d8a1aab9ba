package dev.nightjar.kernels.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.cpu.simd.VectorProvider;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels and the walk of one row against the reference. */
class TreeKernelConformanceTest {
    private static final int ROWS = TreeKernel.BLOCK_ROWS;
    private static final int COLUMNS = 11;
    private static final int TREES = 21;

    private final TreeKernel reference = new ScalarTreeKernel();
    private final short[] work = new short[TreeKernel.WORK_SIZE];

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void exitsAreThoseOfTheReference(int levels) {
        SplittableRandom random = new SplittableRandom(levels);
        TreeTops tops = tops(random, levels);
        short[] keys = keys(random);
        for (int numRows = 1; numRows <= ROWS; numRows += numRows < 34 ? 1 : 13) {
            for (int t = 0; t < TREES; t++) {
                short[] expected = new short[ROWS];
                reference.exits(tops, t, keys, numRows, expected, work);
                short[] found = new short[ROWS];
                TreeKernels.best().exits(tops, t, keys, numRows, found, work);
                assertArrayEquals(Arrays.copyOf(expected, numRows), Arrays.copyOf(found, numRows));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void aRowLeavesEachTreeWhereItDoesInABlock(int levels) {
        SplittableRandom random = new SplittableRandom(levels);
        TreeTops tops = tops(random, levels);
        short[] block = keys(random);
        for (int r = 0; r < ROWS; r++) {
            short[] keys = new short[COLUMNS];
            for (int c = 0; c < COLUMNS; c++) {
                keys[c] = block[c * ROWS + r];
            }
            int from = r % 5;
            short[] found = new short[TREES];
            RowWalk.exits(tops, from, TREES, keys, found);
            for (int t = from; t < TREES; t++) {
                short[] expected = new short[ROWS];
                reference.exits(tops, t, block, ROWS, expected, work);
                assertEquals(expected[r], found[t], "tree " + t + ", row " + r);
            }
        }
    }

    /** The reference against the path that is written out here. */
    @Test
    void exitsAreNumberedFromLeftToRight() {
        TreeTops tops = new TreeTops(1, 6);
        for (int level = 0; level < 6; level++) {
            for (int i = 0; i < 1 << level; i++) {
                // A binary search for the key in column 0.
                int width = 64 >> level;
                tops.set(0, level, i, 0, (short) (i * width + width / 2 - 1));
            }
        }
        short[] keys = new short[ROWS];
        for (int r = 0; r < ROWS; r++) {
            keys[r] = (short) (r % 64);
        }
        short[] exits = new short[ROWS];
        reference.exits(tops, 0, keys, ROWS, exits, work);
        assertArrayEquals(keys, exits);
    }

    @Test
    void splitsThatNobodySetSendEverythingLeft() {
        short[] keys = new short[ROWS];
        Arrays.fill(keys, Short.MAX_VALUE);
        short[] exits = new short[ROWS];
        Arrays.fill(exits, (short) 9);
        TreeKernels.best().exits(new TreeTops(2, 6), 1, keys, ROWS, exits, work);
        assertArrayEquals(new short[ROWS], exits);
    }

    @Test
    void otherNumbersOfLevelsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TreeTops(1, 5));
    }

    @Test
    void theKernelOfVectorsIsFound() {
        boolean canRun = new VectorProvider().refusal().isEmpty();
        assertEquals(canRun, TreeKernels.best().name().startsWith("vector-"));
    }

    private static TreeTops tops(SplittableRandom random, int levels) {
        TreeTops tops = new TreeTops(TREES, levels);
        for (int t = 0; t < TREES; t++) {
            for (int level = 0; level < levels; level++) {
                for (int i = 0; i < 1 << level; i++) {
                    if (random.nextInt(8) > 0) {
                        tops.set(t, level, i, random.nextInt(COLUMNS), key(random));
                    }
                }
            }
        }
        return tops;
    }

    private static short[] keys(SplittableRandom random) {
        short[] keys = new short[COLUMNS * ROWS];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(random);
        }
        return keys;
    }

    /** Small numbers, so that many are equal, and the ends of the range. */
    private static short key(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> Short.MIN_VALUE;
            case 1 -> Short.MIN_VALUE + 1;
            case 2 -> Short.MAX_VALUE;
            default -> (short) random.nextInt(20);
        };
    }
}
