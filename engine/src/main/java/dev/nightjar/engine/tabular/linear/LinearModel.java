package dev.nightjar.engine.tabular.linear;

import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.TabularSchema;
import dev.nightjar.engine.tabular.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A linear booster: a constant and a weighted sum of the features that are not missing, for each
 * output.
 */
public final class LinearModel implements TabularModel {
    private final String description;
    private final int numFeatures;
    private final double[] constants;
    private final double[] weights;
    private final Precision precision;
    private final Link link;
    private final List<String> names;
    private final Optional<ClassLabels> labels;
    private final boolean takesMissing;

    /**
     * A model.
     *
     * @param constants [outputs]
     * @param weights [features, outputs]
     * @param labels of the classes, if it predicts those
     */
    public LinearModel(
            String description,
            double[] constants,
            double[] weights,
            Precision precision,
            Link link,
            List<String> names,
            Optional<ClassLabels> labels) {
        this(description, constants, weights, precision, link, names, labels, true);
    }

    private LinearModel(
            String description,
            double[] constants,
            double[] weights,
            Precision precision,
            Link link,
            List<String> names,
            Optional<ClassLabels> labels,
            boolean takesMissing) {
        this.description = description;
        this.numFeatures = weights.length / constants.length;
        this.constants = constants;
        this.weights = weights;
        this.precision = precision;
        this.link = link;
        this.names = names;
        this.labels = labels;
        this.takesMissing = takesMissing;
    }

    /** The same model, but one that refuses rows with missing values. */
    public LinearModel ofCompleteRows() {
        return new LinearModel(
                description, constants, weights, precision, link, names, labels, false);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int numFeatures() {
        return numFeatures;
    }

    @Override
    public List<String> featureNames() {
        return names;
    }

    @Override
    public TabularSchema schema() {
        return labels.map(
                        classes ->
                                TabularSchema.matrix(
                                        ValueType.FLOAT64, numFeatures, classes.type(), 1))
                .orElseGet(
                        () ->
                                TabularSchema.matrix(
                                        ValueType.FLOAT64,
                                        numFeatures,
                                        precision.type(),
                                        constants.length));
    }

    @Override
    public Set<PredictionKind> kinds() {
        Set<PredictionKind> kinds =
                EnumSet.of(PredictionKind.VALUE, PredictionKind.RAW, PredictionKind.CONTRIBUTIONS);
        if (link.isProbability()) {
            kinds.add(PredictionKind.PROBABILITY);
        }
        return kinds;
    }

    @Override
    public Map<String, String> details() {
        return Map.of("outputs", Integer.toString(constants.length));
    }

    @Override
    public Predictions predict(Table table, PredictionKind kind) {
        check(table, kind);
        TabularModel.requireNumbers(table);
        if (!takesMissing) {
            requireComplete(table);
        }
        if (kind == PredictionKind.CONTRIBUTIONS) {
            return contributions(table);
        }
        double[] scores = scores(table);
        if (kind == PredictionKind.RAW) {
            return numbers(table, scores);
        }
        if (kind == PredictionKind.VALUE && labels.isPresent()) {
            return labels.get().of(classes(scores, table.numRows()));
        }
        int outputs = constants.length;
        for (int r = 0; r < table.numRows(); r++) {
            link.apply(scores, r * outputs, outputs, precision);
        }
        if (kind == PredictionKind.VALUE) {
            return numbers(table, scores);
        }
        double[] all = outputs == 1 ? both(scores) : scores;
        return Predictions.of(table.numRows(), Math.max(2, outputs), precision.type(), all);
    }

    /** The class of the largest score; of one score, the second class if it is above 0. */
    private int[] classes(double[] scores, int numRows) {
        int outputs = constants.length;
        int[] classes = new int[numRows];
        for (int r = 0; r < numRows; r++) {
            if (outputs == 1) {
                classes[r] = scores[r] > 0 ? 1 : 0;
                continue;
            }
            for (int k = 1; k < outputs; k++) {
                if (scores[r * outputs + k] > scores[r * outputs + classes[r]]) {
                    classes[r] = k;
                }
            }
        }
        return classes;
    }

    private double[] scores(Table table) {
        int outputs = constants.length;
        double[] scores = new double[table.numRows() * outputs];
        for (int r = 0; r < table.numRows(); r++) {
            for (int k = 0; k < outputs; k++) {
                double sum = constants[k];
                for (int f = 0; f < numFeatures; f++) {
                    sum = precision.round(sum + product(table, r, f, k));
                }
                scores[r * outputs + k] = sum;
            }
        }
        return scores;
    }

    private double product(Table table, int row, int feature, int output) {
        double x = precision.round(table.number(row, feature));
        return Double.isNaN(x)
                ? 0
                : precision.round(x * weights[feature * constants.length + output]);
    }

    private Predictions contributions(Table table) {
        int outputs = constants.length;
        int width = outputs * (numFeatures + 1);
        double[] all = new double[table.numRows() * width];
        for (int r = 0; r < table.numRows(); r++) {
            for (int k = 0; k < outputs; k++) {
                int at = r * width + k * (numFeatures + 1);
                for (int f = 0; f < numFeatures; f++) {
                    all[at + f] = product(table, r, f, k);
                }
                all[at + numFeatures] = constants[k];
            }
        }
        return Predictions.of(table.numRows(), width, ValueType.FLOAT64, all);
    }

    private Predictions numbers(Table table, double[] values) {
        return Predictions.of(table.numRows(), constants.length, precision.type(), values);
    }

    private double[] both(double[] second) {
        double[] both = new double[second.length * 2];
        for (int r = 0; r < second.length; r++) {
            both[2 * r] = precision.round(1 - second[r]);
            both[2 * r + 1] = second[r];
        }
        return both;
    }
}
