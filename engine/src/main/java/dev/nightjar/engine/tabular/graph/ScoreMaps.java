package dev.nightjar.engine.tabular.graph;

import dev.nightjar.engine.tabular.ClassLabels;

/**
 * One map from class to score for each row.
 *
 * @param keys the classes
 * @param scores [rows, classes]
 */
public record ScoreMaps(ClassLabels keys, NumberArray scores) implements Value {

    @Override
    public String kind() {
        return "a sequence of %d maps".formatted(scores.shape().size(0));
    }
}
