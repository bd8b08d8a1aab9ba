package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.group.Behind;
import dev.nightjar.engine.tabular.linear.LinearFunction;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import dev.nightjar.engine.tabular.svm.Kernel;
import dev.nightjar.engine.tabular.svm.PairwiseCoupling;
import dev.nightjar.engine.tabular.svm.PairwiseDecision;
import dev.nightjar.engine.tabular.svm.SupportVectors;
import dev.nightjar.engine.tabular.svm.Votes;

/**
 * Support vector machines as libsvm leaves them: {@code support_vectors_} class by class, {@code
 * _dual_coef_} [classes − 1, vectors], {@code _intercept_} a pair of classes, {@code _probA} and
 * {@code _probB} where probabilities were asked for.
 */
public final class SvmReader {
    private static final int MAX_DEGREE = 1000;

    private final PickledObject estimator;
    private final SupportVectors vectors;

    /** Reads the state of an object. */
    public SvmReader(PickledObject estimator) {
        this.estimator = estimator;
        int width = Features.count(estimator);
        vectors = new SupportVectors(kernel(), estimator.rows("support_vectors_", width), width);
    }

    private Kernel kernel() {
        Kernel.Shape shape =
                switch (estimator.oneOf("kernel", "linear", "poly", "rbf", "sigmoid")) {
                    case "linear" -> Kernel.Shape.LINEAR;
                    case "poly" -> Kernel.Shape.POLYNOMIAL;
                    case "rbf" -> Kernel.Shape.RADIAL;
                    default -> Kernel.Shape.SIGMOID;
                };
        int degree =
                shape == Kernel.Shape.POLYNOMIAL ? estimator.integer("degree", 0, MAX_DEGREE) : 0;
        return new Kernel(shape, estimator.number("_gamma"), estimator.number("coef0"), degree);
    }

    private String either(String name, String old) {
        return estimator.optional(name).isPresent() ? name : old;
    }

    /** A regressor. */
    public TabularModel regressor() {
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                        Features.title(estimator), weighted(), ValueType.FLOAT64));
    }

    /** An outlier detector: 1 for what is like the training rows, −1 for what is not. */
    public TabularModel detector() {
        RowFunction score = weighted();
        RowFunction sign =
                new Changed(score, 1, (s, from, after, to) -> after[to] = s[from] > 0 ? 1 : -1);
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(Features.title(estimator), sign, ValueType.INT64)
                        .raw(score));
    }

    private RowFunction weighted() {
        double[] weights =
                estimator.numbers(either("_dual_coef_", "dual_coef_"), vectors.numOutputs());
        double[] constant = estimator.numbers(either("_intercept_", "intercept_"), 1);
        return new Behind(vectors, new LinearFunction(weights, constant));
    }

    /** A classifier. */
    public TabularModel classifier() {
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        int numClasses = labels.size();
        int numPairs = PairwiseDecision.numPairs(numClasses);
        if (numClasses < 2) {
            throw estimator.error("classes_", "expected at least two classes, found one");
        }
        RowFunction pairs = new Changed(vectors, numPairs, decision(numClasses, numPairs));
        RowFunction raw = raw(pairs, numClasses);
        boolean breaksTies = estimator.flag("break_ties", false) && numClasses > 2;
        RowFunction winner =
                breaksTies
                        ? Changed.largest(
                                new Changed(pairs, numClasses, Votes.perClass(numClasses)))
                        : new Changed(pairs, 1, Votes.winner(numClasses));
        ScoredModelBuilder builder =
                ScoredModelBuilder.labels(Features.title(estimator), winner, labels).raw(raw);
        String slopes = either("_probA", "probA_");
        if (estimator.optionalArray(slopes).filter(a -> a.size() == numPairs).isPresent()) {
            PairwiseCoupling coupling =
                    new PairwiseCoupling(
                            estimator.array(slopes).numbers(),
                            estimator.numbers(either("_probB", "probB_"), numPairs),
                            numClasses);
            builder.probability(new Changed(pairs, numClasses, coupling));
        }
        return Features.build(estimator, builder);
    }

    private PairwiseDecision decision(int numClasses, int numPairs) {
        int[] counts =
                estimator.integers(
                        "_n_support",
                        estimator.value(either("_n_support", "n_support_")),
                        0,
                        vectors.numOutputs());
        int[] starts = new int[numClasses + 1];
        for (int c = 0; c < numClasses && c < counts.length; c++) {
            starts[c + 1] = starts[c] + counts[c];
        }
        if (counts.length != numClasses || starts[numClasses] != vectors.numOutputs()) {
            throw estimator.error("_n_support", "expected the vectors of each class");
        }
        double[] weights =
                estimator.numbers(
                        either("_dual_coef_", "dual_coef_"),
                        Math.multiplyExact(numClasses - 1, vectors.numOutputs()));
        double[] constants = estimator.numbers(either("_intercept_", "intercept_"), numPairs);
        return new PairwiseDecision(weights, starts, constants);
    }

    /** As {@code decision_function} gives them: of two classes, the score of the second. */
    private RowFunction raw(RowFunction pairs, int numClasses) {
        if (numClasses == 2) {
            return new Changed(pairs, 1, (s, from, after, to) -> after[to] = -s[from]);
        }
        boolean isPerClass =
                estimator.optionalText("decision_function_shape").orElse("").equals("ovr");
        return isPerClass ? new Changed(pairs, numClasses, Votes.perClass(numClasses)) : pairs;
    }
}
