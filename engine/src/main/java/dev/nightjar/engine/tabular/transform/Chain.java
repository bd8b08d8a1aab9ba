package dev.nightjar.engine.tabular.transform;

import dev.nightjar.engine.tabular.Table;
import java.util.List;
import java.util.Set;

/**
 * Steps one behind the other.
 *
 * @param steps at least one, each fitting the one before it
 */
public record Chain(List<Transform> steps) implements Transform {

    /** Protects the list. */
    public Chain {
        steps = List.copyOf(steps);
    }

    @Override
    public int numInputs() {
        return steps.getFirst().numInputs();
    }

    @Override
    public int numOutputs() {
        return steps.getLast().numOutputs();
    }

    @Override
    public Set<Integer> textInputs(Set<Integer> textOutputs) {
        Set<Integer> text = textOutputs;
        for (Transform step : steps.reversed()) {
            text = step.textInputs(text);
        }
        return text;
    }

    @Override
    public Table apply(Table rows) {
        Table changed = rows;
        for (Transform step : steps) {
            changed = step.apply(changed);
        }
        return changed;
    }
}
