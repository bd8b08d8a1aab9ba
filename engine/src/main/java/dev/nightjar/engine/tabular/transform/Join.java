package dev.nightjar.engine.tabular.transform;

import dev.nightjar.engine.tabular.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several steps on the same rows, each on some of the features, side by side.
 *
 * @param numInputs all features
 * @param parts at least one
 */
public record Join(int numInputs, List<Part> parts) implements Transform {

    /** Protects the list. */
    public Join {
        parts = List.copyOf(parts);
    }

    /**
     * One step.
     *
     * @param columns what it takes, in its order
     * @param step of those
     */
    public record Part(int[] columns, Transform step) {}

    @Override
    public int numOutputs() {
        return parts.stream().mapToInt(part -> part.step.numOutputs()).sum();
    }

    @Override
    public Set<Integer> textInputs(Set<Integer> textOutputs) {
        Set<Integer> all = new HashSet<>();
        int place = 0;
        for (Part part : parts) {
            Set<Integer> own = new HashSet<>();
            for (int i = 0; i < part.step.numOutputs(); i++) {
                if (textOutputs.contains(place + i)) {
                    own.add(i);
                }
            }
            place += part.step.numOutputs();
            part.step.textInputs(own).forEach(i -> all.add(part.columns[i]));
        }
        return all;
    }

    @Override
    public Table apply(Table rows) {
        Table all = Table.of(rows.numRows(), 0);
        for (Part part : parts) {
            all = all.beside(part.step.apply(rows.select(part.columns)));
        }
        return all;
    }
}
