package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.neural.Activation;
import dev.nightjar.engine.tabular.neural.Perceptron;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.ArrayList;
import java.util.List;

/** Multi-layer perceptrons: {@code coefs_} [inputs, outputs] and {@code intercepts_} a layer. */
public final class PerceptronReader {
    private final PickledObject estimator;
    private final Perceptron network;

    /** Reads the state of an object. */
    public PerceptronReader(PickledObject estimator) {
        this.estimator = estimator;
        network = network();
    }

    private Perceptron network() {
        List<PickleValue> weights = estimator.list("coefs_");
        List<PickleValue> constants = estimator.list("intercepts_");
        if (weights.isEmpty() || weights.size() != constants.size()) {
            throw estimator.error("coefs_", "expected weights and intercepts of each layer");
        }
        Activation hidden =
                activation(estimator.oneOf("activation", "identity", "logistic", "tanh", "relu"));
        Activation last =
                activation(estimator.oneOf("out_activation_", "identity", "logistic", "softmax"));
        List<Perceptron.Layer> layers = new ArrayList<>();
        int width = Features.count(estimator);
        for (int i = 0; i < weights.size(); i++) {
            NumpyArray matrix = estimator.arrayOf(weights.get(i));
            double[] added = estimator.arrayOf(constants.get(i)).numbers();
            if (added.length == 0
                    || matrix.dimension(0) != width
                    || matrix.size() != (long) width * added.length) {
                throw estimator.error("coefs_", "expected layers that fit each other");
            }
            boolean isLast = i == weights.size() - 1;
            layers.add(new Perceptron.Layer(matrix.numbers(), added, isLast ? last : hidden));
            width = added.length;
        }
        return new Perceptron(List.copyOf(layers));
    }

    private static Activation activation(String name) {
        return switch (name) {
            case "logistic" -> Activation.LOGISTIC;
            case "tanh" -> Activation.TANH;
            case "relu" -> Activation.RELU;
            case "softmax" -> Activation.SOFTMAX;
            default -> Activation.IDENTITY;
        };
    }

    /** A regressor. */
    public TabularModel regressor() {
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(Features.title(estimator), network, ValueType.FLOAT64));
    }

    /** A classifier of one class a row. */
    public TabularModel classifier() {
        ClassLabels labels =
                Labels.of(
                        estimator.optional("classes_").isPresent()
                                ? estimator.array("classes_")
                                : estimator.object("_label_binarizer").array("classes_"));
        boolean isBinary = network.numOutputs() == 1;
        boolean isMany =
                estimator.optionalText("out_activation_").orElse("").equals("logistic")
                        && !isBinary;
        if (isMany || labels.size() != (isBinary ? 2 : network.numOutputs())) {
            throw estimator.error(
                    "classes_", "expected one class a row; several at a time are not supported");
        }
        RowFunction shares = isBinary ? Changed.both(network) : network;
        RowFunction chosen = isBinary ? Changed.above(network, 0.5) : Changed.largest(network);
        return Features.build(
                estimator,
                ScoredModelBuilder.labels(Features.title(estimator), chosen, labels)
                        .probability(shares));
    }
}
