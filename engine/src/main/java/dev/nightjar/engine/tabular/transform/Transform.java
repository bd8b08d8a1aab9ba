package dev.nightjar.engine.tabular.transform;

import dev.nightjar.engine.tabular.Table;
import java.util.Set;

/** A step that makes other features of features. Safe for use by several threads. */
public interface Transform {

    /** How many features it takes. */
    int numInputs();

    /** How many features it makes. */
    int numOutputs();

    /** The features of each row, made anew. */
    Table apply(Table rows);

    /**
     * The features that are text rather than numbers.
     *
     * @param textOutputs those that the next step takes as text
     */
    default Set<Integer> textInputs(Set<Integer> textOutputs) {
        return Set.of();
    }
}
