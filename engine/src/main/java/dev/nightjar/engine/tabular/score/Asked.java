package dev.nightjar.engine.tabular.score;

import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import java.util.Set;

/**
 * What a model says, as a function.
 *
 * @param model that is asked
 * @param kind of question
 * @param numOutputs how many numbers a row it answers with
 */
public record Asked(TabularModel model, PredictionKind kind, int numOutputs)
        implements RowFunction {

    /**
     * How many numbers a row a model answers with; 0 if it does not answer, or with text. It is
     * asked about no rows at all.
     */
    public static int width(TabularModel model, PredictionKind kind) {
        if (!model.kinds().contains(kind)) {
            return 0;
        }
        String[][] texts = new String[model.numFeatures()][];
        for (int feature : model.textFeatures()) {
            texts[feature] = new String[0];
        }
        Predictions none = model.predict(Table.of(0, new double[0], texts), kind);
        return none.type() == ValueType.TEXT ? 0 : none.width();
    }

    /**
     * The number of the class that a model predicts.
     *
     * @param labels in whose order classes are counted; −1 for one that is not among them
     */
    public static RowFunction classOf(TabularModel model, ClassLabels labels) {
        return new ClassNumber(model, labels);
    }

    @Override
    public int numInputs() {
        return model.numFeatures();
    }

    @Override
    public Set<Integer> textInputs() {
        return model.textFeatures();
    }

    @Override
    public double[] apply(Table rows) {
        Predictions answer = model.predict(rows, kind);
        if (answer.type() == ValueType.TEXT || answer.width() != numOutputs) {
            throw new IllegalStateException(
                    "expected %d numbers of %s, found %d"
                            .formatted(numOutputs, model.description(), answer.width()));
        }
        return answer.values();
    }

    private record ClassNumber(TabularModel model, ClassLabels labels) implements RowFunction {

        @Override
        public int numInputs() {
            return model.numFeatures();
        }

        @Override
        public int numOutputs() {
            return 1;
        }

        @Override
        public Set<Integer> textInputs() {
            return model.textFeatures();
        }

        @Override
        public double[] apply(Table rows) {
            Predictions answer = model.predict(rows, PredictionKind.VALUE);
            double[] numbers = new double[rows.numRows()];
            for (int r = 0; r < numbers.length; r++) {
                numbers[r] =
                        answer.type() == ValueType.TEXT
                                ? labels.texts().indexOf(answer.texts().get(r))
                                : labels.numbers().indexOf(answer.values()[r] + 0.0);
            }
            return numbers;
        }
    }
}
