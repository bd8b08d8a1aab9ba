package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.tree.RowWalk;
import dev.nightjar.kernels.tree.ScalarTreeKernel;
import dev.nightjar.kernels.tree.TreeKernel;
import dev.nightjar.kernels.tree.TreeKernels;
import dev.nightjar.kernels.tree.TreeTops;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A block of 128 rows through the upper levels of all trees of an ensemble, by one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TreeBenchmark {
    static final int COLUMNS = 100;
    private static final int ROWS = TreeKernel.BLOCK_ROWS;

    @Param("500")
    private int trees;

    @Param({"3", "6"})
    private int levels;

    private final TreeKernel reference = new ScalarTreeKernel();
    private final TreeKernel kernel = TreeKernels.best();
    private final short[] keys = new short[COLUMNS * ROWS];
    private final short[] row = new short[COLUMNS];
    private final short[] exits = new short[ROWS];
    private final short[] work = new short[TreeKernel.WORK_SIZE];
    private short[] exitsOfRow;
    private TreeTops tops;

    /** Fills the trees and compares the kernels. */
    @Setup(Level.Trial)
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        tops = new TreeTops(trees, levels);
        for (int t = 0; t < trees; t++) {
            for (int level = 0; level < levels; level++) {
                for (int i = 0; i < 1 << level; i++) {
                    tops.set(t, level, i, random.nextInt(COLUMNS), (short) random.nextInt(300));
                }
            }
        }
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (short) random.nextInt(300);
        }
        for (int c = 0; c < COLUMNS; c++) {
            row[c] = keys[c * ROWS];
        }
        exitsOfRow = new short[trees];
        if (block(reference) != block(kernel)) {
            throw new IllegalStateException("the kernels find different exits");
        }
    }

    private long block(TreeKernel one) {
        long sum = 0;
        for (int t = 0; t < trees; t++) {
            one.exits(tops, t, keys, ROWS, exits, work);
            sum = 31 * sum + exits[t % ROWS];
        }
        return sum;
    }

    /** The reference. */
    @Benchmark
    public long scalar() {
        return block(reference);
    }

    /** The kernel. */
    @Benchmark
    public long vector() {
        return block(kernel);
    }

    /** One row instead of a block. */
    @Benchmark
    public int rowAlone() {
        RowWalk.exits(tops, 0, trees, row, exitsOfRow);
        return Arrays.hashCode(exitsOfRow);
    }
}
