package dev.nightjar.engine.tabular.group;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.score.RowFunction;
import java.util.Set;

/**
 * A function of what another gives.
 *
 * @param first of the rows
 * @param second of what the first gives
 */
public record Behind(RowFunction first, RowFunction second) implements RowFunction {

    @Override
    public int numInputs() {
        return first.numInputs();
    }

    @Override
    public int numOutputs() {
        return second.numOutputs();
    }

    @Override
    public Set<Integer> textInputs() {
        return first.textInputs();
    }

    @Override
    public double[] apply(Table rows) {
        return second.apply(Table.of(rows.numRows(), first.numOutputs(), first.apply(rows)));
    }
}
