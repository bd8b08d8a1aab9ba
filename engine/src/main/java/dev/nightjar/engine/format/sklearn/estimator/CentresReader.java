package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.neighbors.CentreDistances;
import dev.nightjar.engine.tabular.neighbors.Metric;
import dev.nightjar.engine.tabular.numeric.Project;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import dev.nightjar.engine.tabular.transform.Transform;

/** Models of centres: groups of k-means and its kin, and classes by the nearest centre. */
public final class CentresReader {
    private static final Metric EUCLIDEAN = new Metric(Metric.Shape.EUCLIDEAN, 2);

    private final PickledObject estimator;

    /** Reads the state of an object. */
    public CentresReader(PickledObject estimator) {
        this.estimator = estimator;
    }

    private CentreDistances centres(String name, Metric metric) {
        int width = Features.count(estimator);
        return new CentreDistances(estimator.rows(name, width), width, metric);
    }

    /** The number of the nearest group. */
    public TabularModel groups() {
        CentreDistances distances = centres("cluster_centers_", EUCLIDEAN);
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                        Features.title(estimator), distances.nearest(), ValueType.INT32));
    }

    /** The distance from each group. */
    public Transform distances() {
        return new Project(centres("cluster_centers_", EUCLIDEAN));
    }

    /** The class of the nearest centre. */
    public TabularModel classes() {
        Metric metric =
                estimator.oneOf("metric", "euclidean", "manhattan").equals("euclidean")
                        ? EUCLIDEAN
                        : new Metric(Metric.Shape.MANHATTAN, 1);
        CentreDistances distances = centres("centroids_", metric);
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        if (labels.size() != distances.numOutputs()) {
            throw estimator.error("classes_", "expected one class a centre");
        }
        return Features.build(
                estimator,
                ScoredModelBuilder.labels(
                        Features.title(estimator), distances.nearest(), labels));
    }
}
