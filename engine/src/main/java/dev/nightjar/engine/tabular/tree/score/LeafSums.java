package dev.nightjar.engine.tabular.tree.score;

/**
 * Adds leaves to the running sums of rows, in the order of the trees. The sums themselves are in a
 * {@link Scratch}; for several threads.
 */
interface LeafSums {
    /** Begins with the base scores. */
    void begin(Scratch scratch, int numRows);

    /** Adds the leaves behind {@link Scratch#exits} of a tree that ends there. */
    void addExits(Scratch scratch, int tree, int numRows);

    /** Adds the leaves in {@link Scratch#nodes}. */
    void addNodes(Scratch scratch, int tree, int numRows);

    /** Adds {@link Scratch#values}, [rows, leafWidth]. */
    void addValues(Scratch scratch, int tree, int numRows);

    /** Adds, for one row, the leaves behind its exits in some trees, all of which end there. */
    void addExitsOfRow(Scratch scratch, int from, int to);

    /** Adds, for one row, the leaves in {@link Scratch#nodes} of some trees. */
    void addNodesOfRow(Scratch scratch, int from, int to);

    /** Writes the scores of rows, [rows, outputs] from {@code at} on. */
    void finish(Scratch scratch, int numRows, double[] scores, int at);
}
