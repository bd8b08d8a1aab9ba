package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.kernels.tree.TreeTops;
import java.util.List;

/**
 * The trees of an ensemble as they are walked: their upper levels complete, the node behind each of
 * their exits, and, if any tree is deeper, all nodes for the rest of the way ({@link DeepWalk}).
 */
final class PackedTrees {
    /** A quarter of a million trees of six levels, in some hundreds of megabytes. */
    private static final int MAX_EXITS = 1 << 24;

    final TreeTops tops;

    /** [trees, exits] the node that an exit leads to. */
    final int[] exitNodes;

    /** [nodes], or empty if every tree ends at its exits. */
    final long[] nodes;

    /** [trees] how many levels are below the exits. */
    final int[] levelsBelow;

    private final TreeEnsemble trees;

    PackedTrees(TreeEnsemble trees, List<TreePart> parts) {
        this.trees = trees;
        int depth = depth(trees);
        int levels = levels(depth);
        tops = new TreeTops(trees.numTrees(), levels);
        exitNodes = new int[Math.multiplyExact(trees.numTrees(), tops.numExits())];
        nodes = new long[depth > levels ? trees.numNodes() : 0];
        levelsBelow = new int[trees.numTrees()];
        for (TreePart part : parts) {
            for (int t = part.from(); t < part.to(); t++) {
                if (trees.isNumericTree(t)) {
                    levelsBelow[t] = Math.max(0, trees.depths()[t] - levels);
                    place(t, trees.roots()[t], 0, 0, part.columns());
                    pack(t, part.columns());
                }
            }
        }
    }

    /** Whether an ensemble has no more exits than arrays should hold. */
    static boolean fits(TreeEnsemble trees) {
        return (long) trees.numTrees() << levels(depth(trees)) <= MAX_EXITS;
    }

    private static int depth(TreeEnsemble trees) {
        int depth = 0;
        for (int t = 0; t < trees.numTrees(); t++) {
            depth = Math.max(depth, trees.isNumericTree(t) ? trees.depths()[t] : 0);
        }
        return depth;
    }

    private static int levels(int depth) {
        return depth <= TreeTops.GROUP_LEVELS ? TreeTops.GROUP_LEVELS : TreeTops.MAX_LEVELS;
    }

    /** Whether any row has further to go than to an exit. */
    boolean isDeep() {
        return nodes.length > 0;
    }

    private void place(int tree, int node, int level, int index, RankColumns columns) {
        if (level == tops.levels() || trees.left()[node] < 0) {
            // Missing splits send everything left, so a leaf above is behind its leftmost exit.
            int exit = index << tops.levels() - level;
            exitNodes[tree * tops.numExits() + exit] = node;
            return;
        }
        int column = columns.number(trees, node);
        tops.set(tree, level, index, column, columns.key(trees, node, column));
        place(tree, trees.left()[node], level + 1, 2 * index, columns);
        place(tree, trees.left()[node] + 1, level + 1, 2 * index + 1, columns);
    }

    private void pack(int tree, RankColumns columns) {
        if (!isDeep()) {
            return;
        }
        for (int i = trees.roots()[tree]; i < trees.end(tree); i++) {
            if (trees.left()[i] < 0) {
                nodes[i] = DeepWalk.leaf(i);
            } else {
                int column = columns.number(trees, i);
                nodes[i] = DeepWalk.split(columns.key(trees, i, column), column, trees.left()[i]);
            }
        }
    }
}
