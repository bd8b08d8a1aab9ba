package dev.nightjar.engine.tabular.graph.trees;

import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Tree;
import java.util.List;

/**
 * Trees and what their leaves add to.
 *
 * @param trees in order
 * @param numOutputs how many scores a row gets
 * @param leafWidth 1, or {@code numOutputs} where leaves are vectors
 * @param aggregation of leaves
 */
public record TreeVotes(List<Tree> trees, int numOutputs, int leafWidth, Aggregation aggregation) {

    /** Protects the list. */
    public TreeVotes {
        trees = List.copyOf(trees);
    }
}
