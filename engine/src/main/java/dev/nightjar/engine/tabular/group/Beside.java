package dev.nightjar.engine.tabular.group;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.score.RowFunction;
import java.util.List;
import java.util.Set;

/**
 * What several functions say about the same rows, side by side.
 *
 * @param parts at least one, of equal inputs
 */
public record Beside(List<RowFunction> parts) implements RowFunction {

    @Override
    public int numInputs() {
        return parts.getFirst().numInputs();
    }

    @Override
    public int numOutputs() {
        return parts.stream().mapToInt(RowFunction::numOutputs).sum();
    }

    @Override
    public Set<Integer> textInputs() {
        return parts.getFirst().textInputs();
    }

    @Override
    public double[] apply(Table rows) {
        int width = numOutputs();
        double[] all = new double[Math.multiplyExact(rows.numRows(), width)];
        int place = 0;
        for (RowFunction part : parts) {
            double[] values = part.apply(rows);
            int count = part.numOutputs();
            for (int r = 0; r < rows.numRows(); r++) {
                System.arraycopy(values, r * count, all, r * width + place, count);
            }
            place += count;
        }
        return all;
    }
}
