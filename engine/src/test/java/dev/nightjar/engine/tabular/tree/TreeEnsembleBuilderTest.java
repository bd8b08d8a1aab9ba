package dev.nightjar.engine.tabular.tree;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.format.ModelFormatException;
import org.junit.jupiter.api.Test;

/** What is no tree. */
class TreeEnsembleBuilderTest {
    @Test
    void nodesBelowTwoOthersAreNoTree() {
        Tree tree = new Tree("test", 0, 3);
        tree.split(0, new NumericSplit(0, 0, Missing.NAN, true), 1, 1);
        tree.leaf(1, 1, 1);
        tree.leaf(2, 2, 1);
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", 1, 1, 1);
        assertThrows(ModelFormatException.class, () -> builder.add(tree));
    }
}
