package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.Constant;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;

/** Estimators that do not look at the features. Those that draw lots are refused. */
public final class DummyReader {
    private final PickledObject estimator;

    /** Reads the state of an object. */
    public DummyReader(PickledObject estimator) {
        this.estimator = estimator;
    }

    /** A number, or several. */
    public TabularModel regressor() {
        double[] constants = estimator.array("constant_").numbers();
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                                Features.title(estimator), always(constants), ValueType.FLOAT64)
                        .takesMissing());
    }

    /** A class. */
    public TabularModel classifier() {
        String strategy = estimator.oneOf("strategy", "prior", "most_frequent", "constant");
        NumpyArray classes = estimator.array("classes_");
        ClassLabels labels = Labels.of(classes);
        double[] priors = estimator.numbers("class_prior_", labels.size());
        double[] shares = priors;
        if (!strategy.equals("prior")) {
            int chosen = strategy.equals("constant") ? constant(labels) : largest(priors);
            shares = new double[labels.size()];
            shares[chosen] = 1;
        }
        RowFunction all = always(shares);
        return Features.build(
                estimator,
                ScoredModelBuilder.likeliest(Features.title(estimator), all, labels)
                        .takesMissing());
    }

    private int largest(double[] numbers) {
        return Changed.largest(numbers, 0, numbers.length);
    }

    private int constant(ClassLabels labels) {
        int found =
                labels.type() == ValueType.TEXT
                        ? labels.texts().indexOf(estimator.text("constant"))
                        : labels.numbers().indexOf(estimator.number("constant") + 0.0);
        if (found < 0) {
            throw estimator.error("constant", "expected one of the classes");
        }
        return found;
    }

    private RowFunction always(double[] numbers) {
        if (numbers.length == 0) {
            throw estimator.error("constant_", "expected a number, found none");
        }
        // Before 1.3 or so, the file does not say how many features there were.
        int numFeatures =
                estimator.optional("n_features_in_").isPresent() ? Features.count(estimator) : 1;
        return new Constant(numFeatures, numbers);
    }
}
