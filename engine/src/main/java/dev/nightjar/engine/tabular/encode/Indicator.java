package dev.nightjar.engine.tabular.encode;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * 1 where a feature is missing, else 0.
 *
 * @param numInputs all features
 * @param features which of them are looked at
 * @param missing the number that counts as missing, or NaN
 * @param text features that are text
 */
public record Indicator(int numInputs, int[] features, double missing, Set<Integer> text)
        implements Transform {

    @Override
    public int numOutputs() {
        return features.length;
    }

    @Override
    public Set<Integer> textInputs(Set<Integer> textOutputs) {
        return IntStream.range(0, numInputs)
                .boxed()
                .filter(text::contains)
                .collect(Collectors.toSet());
    }

    @Override
    public Table apply(Table rows) {
        double[] found = new double[rows.numRows() * features.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = isMissing(rows, i / features.length, features[i % features.length]) ? 1 : 0;
        }
        return Table.of(rows.numRows(), features.length, found);
    }

    private boolean isMissing(Table rows, int row, int feature) {
        if (rows.isText(feature)) {
            return rows.text(row, feature).isEmpty();
        }
        double x = rows.number(row, feature);
        return Double.isNaN(missing) ? Double.isNaN(x) : x == missing;
    }
}
