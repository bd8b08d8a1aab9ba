package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive trees that share keys. Nearly always all trees of an ensemble; fewer where a feature
 * has more thresholds than keys can tell apart.
 *
 * @param from the first tree
 * @param to behind the last one
 */
record TreePart(int from, int to, RankColumns columns) {

    /** The parts of an ensemble in order, none if a single tree has too many thresholds. */
    static List<TreePart> of(TreeEnsemble trees, Precision input) {
        List<TreePart> parts = new ArrayList<>();
        return add(trees, input, 0, trees.numTrees(), parts) ? parts : List.of();
    }

    private static boolean add(
            TreeEnsemble trees, Precision input, int from, int to, List<TreePart> parts) {
        if (from == to) {
            return true;
        }
        Optional<RankColumns> columns =
                RankColumns.of(trees, input, trees.roots()[from], trees.end(to - 1));
        if (columns.isPresent()) {
            parts.add(new TreePart(from, to, columns.get()));
            return true;
        }
        int middle = from + to >>> 1;
        return middle > from
                && add(trees, input, from, middle, parts)
                && add(trees, input, middle, to, parts);
    }
}
