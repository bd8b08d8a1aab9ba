package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.linear.LinearModel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Linear regressors and classifiers: {@code coef_} [outputs, features] and {@code intercept_}. */
final class LinearReader {
    static final Set<String> REGRESSORS =
            Set.of(
                    "LinearRegression",
                    "Ridge",
                    "RidgeCV",
                    "Lasso",
                    "LassoCV",
                    "ElasticNet",
                    "ElasticNetCV",
                    "BayesianRidge",
                    "ARDRegression",
                    "HuberRegressor",
                    "SGDRegressor",
                    "LinearSVR");
    static final Set<String> CLASSIFIERS =
            Set.of(
                    "LogisticRegression",
                    "LogisticRegressionCV",
                    "SGDClassifier",
                    "Perceptron",
                    "LinearSVC",
                    "RidgeClassifier",
                    "RidgeClassifierCV");

    private final PickledObject estimator;

    LinearReader(PickledObject estimator) {
        this.estimator = estimator;
    }

    TabularModel read() {
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
                labels.isPresent() ? link(numOutputs) : Link.IDENTITY,
                Features.names(estimator),
                labels);
    }

    private double[] constants(int numOutputs) {
        double[] constants = new double[numOutputs];
        Optional<NumpyArray> array =
                estimator
                        .optional("intercept_")
                        .filter(PickleCall.class::isInstance)
                        .map(value -> NumpyArray.of(estimator.file(), value));
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
        if (!CLASSIFIERS.contains(estimator.className())) {
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
