package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.kernels.tree.RowWalk;
import dev.nightjar.kernels.tree.TreeKernel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Raw scores, fast. Features become ranks of 16 bits; a block of rows goes through the upper levels
 * of one tree after another in a {@link TreeKernel}, and on foot through what is below. A few rows
 * are not worth a block: each goes through eight trees at a time. Trees with other splits than
 * thresholds, or with functions in their leaves, are walked as they are defined. Sums are taken in
 * the order of the trees, so the way does not matter.
 */
final class BlockScorer implements Scorer {
    private static final int ROWS = TreeKernel.BLOCK_ROWS;

    /** Fewer rows go one by one. */
    private static final int MIN_BLOCK = 8;

    private final TreeEnsemble trees;
    private final Scoring scoring;
    private final TreeKernel kernel;
    private final TreePart[] parts;
    private final PackedTrees packed;
    private final LeafSums sums;
    private final boolean needsNodes;
    private final boolean isNumeric;

    /** What scratches are kept in, so that calls need not make them. */
    private final ArrayBlockingQueue<Scratch> free =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    /** A scorer of an ensemble that {@link #fits}. */
    BlockScorer(TreeEnsemble trees, Scoring scoring, TreeKernel kernel) {
        this.trees = trees;
        this.scoring = scoring;
        this.kernel = kernel;
        List<TreePart> all = TreePart.of(trees, scoring.input());
        parts = all.toArray(TreePart[]::new);
        packed = new PackedTrees(trees, all);
        sums =
                isFloat()
                        ? new FloatSums(trees, scoring, packed)
                        : new DoubleSums(trees, scoring, packed);
        needsNodes = packed.isDeep() || trees.leafWidth() > 1;
        isNumeric = numNumeric(trees) == trees.numTrees();
    }

    private boolean isFloat() {
        return scoring.sum() == Precision.FLOAT;
    }

    private static int numNumeric(TreeEnsemble trees) {
        int count = 0;
        for (int t = 0; t < trees.numTrees(); t++) {
            count += trees.isNumericTree(t) ? 1 : 0;
        }
        return count;
    }

    /** Whether this is a way to score an ensemble, and worth it. */
    static boolean fits(TreeEnsemble trees, Scoring scoring) {
        return scoring.aggregation() != Aggregation.MIN
                && scoring.aggregation() != Aggregation.MAX
                && (scoring.sum() != Precision.FLOAT || FloatSums.canHold(trees, scoring))
                && numNumeric(trees) > 0
                && PackedTrees.fits(trees)
                && !TreePart.of(trees, scoring.input()).isEmpty();
    }

    @Override
    public void score(double[] rows, int from, int to, double[] scores) {
        Scratch known = free.poll();
        Scratch scratch = known == null ? newScratch() : known;
        if (to - from < MIN_BLOCK && isNumeric && trees.leafWidth() == 1) {
            for (int r = from; r < to; r++) {
                row(rows, r, scores, scratch);
            }
        } else {
            for (int r = from; r < to; r += ROWS) {
                block(rows, r, Math.min(ROWS, to - r), scores, scratch);
            }
        }
        free.offer(scratch);
    }

    private Scratch newScratch() {
        int columns = 0;
        for (TreePart part : parts) {
            columns = Math.max(columns, part.columns().size());
        }
        return new Scratch(
                columns, trees.numTrees(), trees.numOutputs(), trees.leafWidth(), isFloat());
    }

    private void row(double[] rows, int row, double[] scores, Scratch scratch) {
        sums.begin(scratch, 1);
        for (TreePart part : parts) {
            part.columns().write(rows, row, 1, scratch.keys, 1);
            RowWalk.exits(packed.tops, part.from(), part.to(), scratch.keys, scratch.exits);
            if (packed.isDeep()) {
                int deepest = 0;
                for (int t = part.from(); t < part.to(); t++) {
                    scratch.nodes[t] = exitNode(t, scratch.exits[t]);
                    deepest = Math.max(deepest, packed.levelsBelow[t]);
                }
                DeepWalk.walk(
                        packed.nodes,
                        deepest,
                        scratch.keys,
                        1,
                        0,
                        scratch.nodes,
                        part.from(),
                        part.to());
                sums.addNodesOfRow(scratch, part.from(), part.to());
            } else {
                sums.addExitsOfRow(scratch, part.from(), part.to());
            }
        }
        sums.finish(scratch, 1, scores, row * trees.numOutputs());
    }

    private int exitNode(int tree, int exit) {
        return packed.exitNodes[tree * packed.tops.numExits() + exit];
    }

    private void block(double[] rows, int row, int numRows, double[] scores, Scratch scratch) {
        sums.begin(scratch, numRows);
        double[] rounded = isNumeric ? rows : rounded(rows, row, numRows);
        for (TreePart part : parts) {
            part.columns().write(rows, row, numRows, scratch.keys, ROWS);
            for (int t = part.from(); t < part.to(); t++) {
                if (trees.isNumericTree(t)) {
                    add(t, numRows, scratch);
                } else {
                    walk(t, rounded, numRows, scratch);
                    sums.addValues(scratch, t, numRows);
                }
            }
        }
        sums.finish(scratch, numRows, scores, row * trees.numOutputs());
    }

    private void add(int tree, int numRows, Scratch scratch) {
        kernel.exits(packed.tops, tree, scratch.keys, numRows, scratch.exits, scratch.work);
        if (!needsNodes) {
            sums.addExits(scratch, tree, numRows);
            return;
        }
        for (int r = 0; r < numRows; r++) {
            scratch.nodes[r] = exitNode(tree, scratch.exits[r]);
        }
        DeepWalk.walk(
                packed.nodes,
                packed.levelsBelow[tree],
                scratch.keys,
                ROWS,
                1,
                scratch.nodes,
                0,
                numRows);
        sums.addNodes(scratch, tree, numRows);
    }

    private double[] rounded(double[] rows, int row, int numRows) {
        int features = trees.numFeatures();
        double[] own = Arrays.copyOfRange(rows, row * features, (row + numRows) * features);
        return Scorer.rounded(own, scoring.input());
    }

    /** The values of a tree by definition, for rows that are rounded. */
    private void walk(int tree, double[] rows, int numRows, Scratch scratch) {
        int width = trees.leafWidth();
        double[] values = scratch.values;
        for (int r = 0; r < numRows; r++) {
            int offset = r * trees.numFeatures();
            int leaf = trees.leaf(tree, rows, offset);
            for (int k = 0; k < width; k++) {
                values[r * width + k] = trees.value(leaf, k, rows, offset);
            }
        }
    }
}
