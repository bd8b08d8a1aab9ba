package dev.nightjar.engine.tabular.numeric;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.transform.Transform;

/**
 * What a function of numbers gives, as features: projections, distances.
 *
 * @param function of the rows
 */
public record Project(RowFunction function) implements Transform {

    @Override
    public int numInputs() {
        return function.numInputs();
    }

    @Override
    public int numOutputs() {
        return function.numOutputs();
    }

    @Override
    public Table apply(Table rows) {
        return Table.of(rows.numRows(), numOutputs(), function.apply(rows));
    }
}
