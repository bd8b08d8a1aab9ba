package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.bayes.LogShares;
import dev.nightjar.engine.tabular.bayes.QuadraticClasses;
import dev.nightjar.engine.tabular.neighbors.CentreDistances;
import dev.nightjar.engine.tabular.neighbors.Metric;
import dev.nightjar.engine.tabular.numeric.Project;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.Arrays;

/** Models of centres: groups of k-means and its kin, and classes by the nearest centre. */
public final class CentresReader {
    private static final Metric EUCLIDEAN = new Metric(Metric.Shape.EUCLIDEAN, 2);

    private static final int MAX_WIDTH = 1 << 12;

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
        boolean knowsPriors = estimator.optional("class_prior_").isPresent();
        if (!knowsPriors || metric != EUCLIDEAN) {
            requireEqual(knowsPriors);
            return Features.build(
                    estimator,
                    ScoredModelBuilder.labels(
                            Features.title(estimator), distances.nearest(), labels));
        }
        return Features.build(estimator, likeliest(distances, labels));
    }

    private void requireEqual(boolean knowsPriors) {
        if (knowsPriors && !isEqual(estimator.array("class_prior_").numbers())) {
            throw estimator.error(
                    "class_prior_",
                    "expected equal ones with a metric that is not euclidean, found others");
        }
    }

    private static boolean isEqual(double[] priors) {
        return Arrays.stream(priors).allMatch(p -> Math.abs(p - 1.0 / priors.length) < 1e-8);
    }

    /** From 1.6 on: distances in units of each feature's deviation, and priors. */
    private ScoredModelBuilder likeliest(CentreDistances distances, ClassLabels labels) {
        int width = distances.numInputs();
        int numClasses = labels.size();
        double[] priors = estimator.numbers("class_prior_", numClasses);
        double[] deviations = estimator.numbers("within_class_std_dev_", width);
        if (width > MAX_WIDTH) {
            throw estimator.error("n_features_in_", "expected at most " + MAX_WIDTH);
        }
        estimator.charge(8L * width * width);
        double[] axes = new double[width * width];
        for (int f = 0; f < width; f++) {
            axes[f * width + f] = deviations[f] == 0 ? 1 : 1 / deviations[f];
        }
        double[][] all = new double[numClasses][];
        Arrays.fill(all, axes);
        RowFunction scores =
                new Changed(
                        new QuadraticClasses(
                                Arrays.stream(priors).map(Math::log).toArray(),
                                distances.centres(),
                                all),
                        numClasses,
                        (s, from, after, to) -> {
                            for (int k = 0; k < numClasses; k++) {
                                after[to + k] = 2 * s[from + k];
                            }
                        });
        RowFunction raw =
                numClasses == 2
                        ? new Changed(
                                scores,
                                1,
                                (s, from, after, to) -> after[to] = s[from + 1] - s[from])
                        : scores;
        RowFunction chosen = isEqual(priors) ? distances.nearest() : Changed.classOf(raw);
        return ScoredModelBuilder.labels(Features.title(estimator), chosen, labels)
                .probability(new Changed(scores, numClasses, new LogShares(numClasses)))
                .raw(raw);
    }
}
