package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.neighbors.Metric;
import dev.nightjar.engine.tabular.neighbors.NeighborMean;
import dev.nightjar.engine.tabular.neighbors.NeighborShares;
import dev.nightjar.engine.tabular.neighbors.Neighborhood;
import dev.nightjar.engine.tabular.neighbors.Weighting;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;

/** Nearest neighbours: {@code _fit_X} holds the training rows, {@code _y} their targets. */
public final class NeighborsReader {
    private final PickledObject estimator;
    private final Neighborhood near;
    private final Weighting weighting;
    private final int numRows;

    /** Reads the state of an object. */
    public NeighborsReader(PickledObject estimator) {
        this.estimator = estimator;
        int width = Features.count(estimator);
        double[] rows = estimator.rows("_fit_X", width);
        numRows = rows.length / width;
        boolean isRadius = estimator.className().startsWith("Radius");
        near =
                new Neighborhood(
                        rows,
                        width,
                        metric(),
                        isRadius ? numRows : estimator.integer("n_neighbors", 1, numRows),
                        isRadius ? estimator.number("radius") : Double.POSITIVE_INFINITY);
        weighting =
                estimator.optional("weights").isEmpty()
                                || estimator
                                        .oneOf("weights", "uniform", "distance")
                                        .equals("uniform")
                        ? Weighting.UNIFORM
                        : Weighting.DISTANCE;
    }

    private Metric metric() {
        String name =
                estimator.optional("effective_metric_").isPresent()
                        ? "effective_metric_"
                        : "metric";
        if (estimator.entry("effective_metric_params_", "w").isPresent()) {
            throw estimator.error(
                    "effective_metric_params_", "expected p only, found w, which is not supported");
        }
        return switch (estimator.oneOf(
                name,
                "minkowski",
                "euclidean",
                "l2",
                "manhattan",
                "l1",
                "cityblock",
                "chebyshev",
                "infinity",
                "cosine")) {
            case "euclidean", "l2" -> new Metric(Metric.Shape.EUCLIDEAN, 2);
            case "manhattan", "l1", "cityblock" -> new Metric(Metric.Shape.MANHATTAN, 1);
            case "chebyshev", "infinity" -> new Metric(Metric.Shape.CHEBYSHEV, 0);
            case "cosine" -> new Metric(Metric.Shape.COSINE, 0);
            default -> new Metric(Metric.Shape.MINKOWSKI, power());
        };
    }

    private double power() {
        double power =
                estimator
                        .entry("effective_metric_params_", "p")
                        .map(value -> estimator.number("effective_metric_params_", value))
                        .orElseGet(() -> estimator.number("p"));
        if (!(power > 0)) {
            throw estimator.error("p", "expected a positive number, found " + power);
        }
        return power;
    }

    /** A classifier. */
    public TabularModel classifier() {
        if (estimator.className().startsWith("Radius")
                && estimator.optional("outlier_label").isPresent()) {
            throw estimator.error(
                    "outlier_label", "expected None, found a label, which is not supported");
        }
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        int[] classes = estimator.integers("_y", estimator.value("_y"), 0, labels.size() - 1);
        if (classes.length != numRows) {
            throw estimator.error("_y", "expected the class of each training row");
        }
        return Features.build(
                estimator,
                ScoredModelBuilder.likeliest(
                        Features.title(estimator),
                        new NeighborShares(near, weighting, classes, labels.size()),
                        labels));
    }

    /** A regressor. */
    public TabularModel regressor() {
        NumpyArray targets = estimator.array("_y");
        int numOutputs = targets.size() / numRows;
        if (numOutputs < 1 || targets.size() != numOutputs * numRows) {
            throw estimator.error("_y", "expected the targets of each training row");
        }
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                        Features.title(estimator),
                        new NeighborMean(near, weighting, targets.numbers(), numOutputs),
                        ValueType.FLOAT64));
    }
}
