package dev.nightjar.engine.tabular.score;

import dev.nightjar.engine.tabular.Table;
import java.util.Set;

/** A function of each row of a table. Safe for use by several threads. */
public interface RowFunction {

    /** How many features it takes. */
    int numInputs();

    /** How many numbers it gives a row. */
    int numOutputs();

    /**
     * The numbers of each row.
     *
     * @return [rows, outputs], made anew
     */
    double[] apply(Table rows);

    /** The features that are text rather than numbers. */
    default Set<Integer> textInputs() {
        return Set.of();
    }
}
