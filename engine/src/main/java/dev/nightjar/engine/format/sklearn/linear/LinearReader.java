package dev.nightjar.engine.format.sklearn.linear;

import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.linear.LinearModel;
import java.util.Arrays;
import java.util.Optional;

/** Linear regressors and classifiers: {@code coef_} [outputs, features] and {@code intercept_}. */
public final class LinearReader {
    private final boolean isClassifier;
    private final PickledObject estimator;

    /** Reads the state of an object. */
    public LinearReader(PickledObject estimator, boolean isClassifier) {
        this.estimator = estimator;
        this.isClassifier = isClassifier;
    }

    /** The model. */
    public TabularModel read() {
        NumpyArray coefficients = estimator.array("coef_");
        boolean isVector = coefficients.numDimensions() == 1;
        int numOutputs = isVector ? 1 : coefficients.dimension(0);
        int numFeatures = isVector ? coefficients.size() : coefficients.dimension(1);
        if (numOutputs < 1 || numFeatures < 1) {
            throw estimator.error("coef_", "expected coefficients, found none");
        }
        double[] rows = coefficients.numbers();
        double[] weights = new double[rows.length];
        for (int k = 0; k < numOutputs; k++) {
            for (int f = 0; f < numFeatures; f++) {
                weights[f * numOutputs + k] = rows[k * numFeatures + f];
            }
        }
        Optional<ClassLabels> labels = labels(numOutputs);
        return new LinearModel(
                        "scikit-learn " + estimator.className(),
                        constants(numOutputs),
                        weights,
                        Precision.DOUBLE,
                        labels.isPresent() ? link(numOutputs) : mean(),
                        Features.names(estimator),
                        labels)
                .ofCompleteRows();
    }

    private double[] constants(int numOutputs) {
        double[] constants = new double[numOutputs];
        Optional<NumpyArray> array =
                estimator
                        .optional("intercept_")
                        .filter(PickleCall.class::isInstance)
                        .map(value -> estimator.arrayOf(value));
        if (array.isEmpty()) {
            double all =
                    estimator.optional("intercept_").isPresent()
                            ? estimator.number("intercept_")
                            : 0;
            Arrays.fill(constants, all);
            return constants;
        }
        double[] found = array.get().numbers();
        if (found.length != 1 && found.length != numOutputs) {
            throw estimator.error(
                    "intercept_", "expected %d, found %d".formatted(numOutputs, found.length));
        }
        for (int k = 0; k < numOutputs; k++) {
            constants[k] = found[found.length == 1 ? 0 : k];
        }
        return constants;
    }

    private Optional<ClassLabels> labels(int numOutputs) {
        if (!isClassifier) {
            return Optional.empty();
        }
        NumpyArray classes =
                estimator.optional("classes_").isPresent()
                        ? estimator.array("classes_")
                        : estimator.object("_label_binarizer").array("classes_");
        ClassLabels labels = Labels.of(classes);
        if (labels.size() != (numOutputs == 1 ? 2 : numOutputs)) {
            throw estimator.error(
                    "classes_",
                    "expected classes for %d outputs, found %d"
                            .formatted(numOutputs, labels.size()));
        }
        return Optional.of(labels);
    }

    /** How a regressor's score becomes its mean. */
    private Link mean() {
        return switch (estimator.className()) {
            case "PoissonRegressor", "GammaRegressor" -> Link.of(Link.Shape.EXP);
            case "TweedieRegressor", "GeneralizedLinearRegressor" -> {
                String link = estimator.oneOf("link", "auto", "identity", "log");
                boolean isLog =
                        link.equals("log") || link.equals("auto") && estimator.number("power") > 0;
                yield isLog ? Link.of(Link.Shape.EXP) : Link.IDENTITY;
            }
            default -> Link.IDENTITY;
        };
    }

    private Link link(int numOutputs) {
        String loss = estimator.optionalText("loss").orElse("");
        return switch (estimator.className()) {
            case "LogisticRegression", "LogisticRegressionCV" -> logistic(numOutputs);
            case "SGDClassifier" ->
                    loss.equals("log") || loss.equals("log_loss")
                            ? Link.of(
                                    numOutputs == 1
                                            ? Link.Shape.LOGISTIC
                                            : Link.Shape.NORMALIZED_LOGISTIC)
                            : Link.IDENTITY;
            case "LinearDiscriminantAnalysis" ->
                    Link.of(numOutputs == 1 ? Link.Shape.LOGISTIC : Link.Shape.SOFTMAX);
            default -> Link.IDENTITY;
        };
    }

    private Link logistic(int numOutputs) {
        String kind = estimator.optionalText("multi_class").orElse("auto");
        boolean isLiblinear = estimator.optionalText("solver").orElse("").equals("liblinear");
        if (numOutputs == 1) {
            // Both scores of the softmax are there, one as the other's opposite.
            return new Link(Link.Shape.LOGISTIC, kind.equals("multinomial") ? 2 : 1);
        }
        return Link.of(
                kind.equals("ovr") || isLiblinear
                        ? Link.Shape.NORMALIZED_LOGISTIC
                        : Link.Shape.SOFTMAX);
    }
}
