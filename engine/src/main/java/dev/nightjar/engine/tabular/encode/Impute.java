package dev.nightjar.engine.tabular.encode;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Fills in what is missing: numbers in features of numbers, text in those of text.
 *
 * @param missing the number that counts as missing, or NaN
 * @param fill one a feature; NaN where the feature is left out, unless it is text
 * @param texts one a feature of text; empty for numbers
 */
public record Impute(double missing, double[] fill, List<Optional<String>> texts)
        implements Transform {

    /** Protects the list. */
    public Impute {
        texts = List.copyOf(texts);
    }

    @Override
    public int numInputs() {
        return fill.length;
    }

    @Override
    public int numOutputs() {
        return kept().length;
    }

    private int[] kept() {
        return IntStream.range(0, fill.length)
                .filter(f -> texts.get(f).isPresent() || !Double.isNaN(fill[f]))
                .toArray();
    }

    @Override
    public Set<Integer> textInputs(Set<Integer> textOutputs) {
        Set<Integer> text = new HashSet<>();
        for (int f = 0; f < fill.length; f++) {
            if (texts.get(f).isPresent()) {
                text.add(f);
            }
        }
        return text;
    }

    @Override
    public Table apply(Table rows) {
        int[] kept = kept();
        double[] numbers = new double[rows.numRows() * kept.length];
        String[][] all = new String[kept.length][];
        for (int k = 0; k < kept.length; k++) {
            int f = kept[k];
            if (texts.get(f).isPresent()) {
                all[k] = filled(rows, f);
                continue;
            }
            for (int r = 0; r < rows.numRows(); r++) {
                double x = rows.number(r, f);
                numbers[r * kept.length + k] = isMissing(x) ? fill[f] : x;
            }
        }
        return Table.of(rows.numRows(), numbers, all);
    }

    private boolean isMissing(double x) {
        return Double.isNaN(missing) ? Double.isNaN(x) : x == missing;
    }

    private String[] filled(Table rows, int feature) {
        String[] column = new String[rows.numRows()];
        for (int r = 0; r < column.length; r++) {
            column[r] = rows.text(r, feature).orElse(texts.get(feature).orElseThrow());
        }
        return column;
    }
}
