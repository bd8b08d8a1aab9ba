package dev.nightjar.engine.tabular.graph.estimator;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.Value;
import java.util.List;

/** A support vector classifier without vectors: one weighted sum a class, all with one constant. */
public final class LinearSvmClassifier implements Operator {
    private final SupportVectors weights;
    private final double constant;
    private final boolean isPositive;
    private final PostTransform transform;
    private final Classes classes;

    /**
     * An operator.
     *
     * @param coefficients [classes, features]
     * @param constants of which the first counts
     */
    public LinearSvmClassifier(
            double[] coefficients, double[] constants, PostTransform transform, Classes classes) {
        SvmKernel product = new SvmKernel(SvmKernel.Kind.LINEAR, 0, 0, 0);
        weights = new SupportVectors(product, coefficients, classes.count());
        if (constants.length == 0) {
            throw new ModelFormatException("expected rho, found none");
        }
        constant = constants[0];
        this.transform = transform;
        this.classes = classes;
        boolean isAnyNegative = false;
        for (double coefficient : coefficients) {
            isAnyNegative |= !(coefficient >= 0);
        }
        isPositive = !isAnyNegative;
    }

    @Override
    public List<Value> run(Arguments arguments) {
        Rows rows = Rows.of(arguments, weights.width());
        int count = classes.count();
        double[] sums = weights.kernels(rows, arguments);
        NumberArray scores =
                arguments.budget().numbers(ElementType.FLOAT, new Shape(rows.numRows(), count));
        int[] chosen = new int[rows.numRows()];
        for (int i = 0; i < sums.length; i++) {
            scores.numbers()[i] = (float) (sums[i] + constant);
        }
        for (int r = 0; r < chosen.length; r++) {
            int best = Classes.largest(scores.numbers(), r * count, count);
            double largest = scores.numbers()[r * count + best];
            boolean isSecond = count == 2 && (isPositive ? largest >= 0.5 : largest > 0);
            chosen[r] = isSecond ? 1 : best;
            transform.apply(scores.numbers(), r * count, count);
        }
        return List.of(classes.of(chosen, arguments.budget()), scores);
    }
}
