package dev.nightjar.engine.tabular.graph.estimator;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.Value;
import java.util.List;
import java.util.Optional;

/** Weighted sums of features, as a regressor's or a classifier's scores. */
public final class LinearScores implements Operator {
    private final double[] weights;
    private final double[] constants;
    private final PostTransform transform;
    private final Optional<Classes> classes;

    /**
     * An operator.
     *
     * @param weights [targets, features]
     * @param constants [targets]
     * @param classes of a classifier; two of them may share one target
     */
    public LinearScores(
            double[] weights,
            double[] constants,
            PostTransform transform,
            Optional<Classes> classes) {
        this.weights = weights;
        this.constants = constants;
        this.transform = transform;
        this.classes = classes;
        int targets = constants.length;
        if (targets == 0 || weights.length == 0 || weights.length % targets != 0) {
            throw new ModelFormatException(
                    "expected coefficients of %d targets, found %d"
                            .formatted(targets, weights.length));
        }
        int count = classes.map(Classes::count).orElse(targets);
        if (count != targets && !(count == 2 && targets == 1)) {
            throw new ModelFormatException(
                    "expected scores for %d classes, found %d".formatted(count, targets));
        }
    }

    @Override
    public List<Value> run(Arguments arguments) {
        int targets = constants.length;
        Rows rows = Rows.of(arguments, weights.length / targets);
        arguments.budget().spend((long) rows.numRows() * weights.length / 64);
        NumberArray sums =
                arguments.budget().numbers(ElementType.FLOAT, new Shape(rows.numRows(), targets));
        for (int i = 0; i < sums.numbers().length; i++) {
            sums.numbers()[i] = (float) sum(rows, i / targets, i % targets);
        }
        return classes.isPresent() ? classified(sums, classes.get(), arguments) : regressed(sums);
    }

    private double sum(Rows rows, int row, int target) {
        double sum = 0;
        for (int f = 0; f < rows.width(); f++) {
            sum += rows.number(row, f) * weights[target * rows.width() + f];
        }
        return sum + constants[target];
    }

    private List<Value> regressed(NumberArray sums) {
        for (int r = 0; r < sums.shape().size(0); r++) {
            transform.apply(sums.numbers(), r * constants.length, constants.length);
        }
        return List.of(sums);
    }

    private List<Value> classified(NumberArray sums, Classes labels, Arguments arguments) {
        int numRows = sums.shape().size(0);
        int targets = constants.length;
        int[] chosen = new int[numRows];
        NumberArray scores =
                targets == labels.count()
                        ? sums
                        : arguments.budget().numbers(ElementType.FLOAT, new Shape(numRows, 2));
        for (int r = 0; r < numRows; r++) {
            if (scores == sums) {
                chosen[r] = Classes.largest(sums.numbers(), r * targets, targets);
                transform.apply(sums.numbers(), r * targets, targets);
            } else {
                chosen[r] = sums.numbers()[r] > 0 ? 1 : 0;
                TwoClasses.spread(sums.numbers()[r], transform, scores.numbers(), r * 2);
            }
        }
        Array best = labels.of(chosen, arguments.budget());
        return List.of(best, scores);
    }
}
