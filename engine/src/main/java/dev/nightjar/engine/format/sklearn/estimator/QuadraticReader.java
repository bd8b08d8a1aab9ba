package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.bayes.LogShares;
import dev.nightjar.engine.tabular.bayes.QuadraticClasses;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.List;

/** Classes, or parts of a mixture, with a covariance each. */
public final class QuadraticReader {
    private final PickledObject estimator;
    private final int width;

    /** Reads the state of an object. */
    public QuadraticReader(PickledObject estimator) {
        this.estimator = estimator;
        width = Features.count(estimator);
    }

    /** Quadratic discriminant analysis: rotations and scalings of each class. */
    public TabularModel discriminant() {
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        int numClasses = labels.size();
        double[] means = means("means_", numClasses);
        double[] priors = estimator.numbers("priors_", numClasses);
        List<PickleValue> rotations = estimator.list("rotations_");
        List<PickleValue> scalings = estimator.list("scalings_");
        if (rotations.size() != numClasses || scalings.size() != numClasses) {
            throw estimator.error("rotations_", "expected one for each class");
        }
        double[] constants = new double[numClasses];
        double[][] axes = new double[numClasses][];
        for (int k = 0; k < numClasses; k++) {
            double[] scales = estimator.arrayOf(scalings.get(k)).numbers();
            axes[k] = scaled(estimator.arrayOf(rotations.get(k)), scales);
            double logs = 0;
            for (double scale : scales) {
                logs += Math.log(scale);
            }
            constants[k] = -0.5 * logs + Math.log(priors[k]);
        }
        RowFunction scores = new QuadraticClasses(constants, means, axes);
        RowFunction shares = new Changed(scores, numClasses, new LogShares(numClasses));
        RowFunction raw =
                numClasses == 2
                        ? new Changed(
                                scores, 1, (s, from, a, to) -> a[to] = s[from + 1] - s[from])
                        : scores;
        return Features.build(
                estimator,
                ScoredModelBuilder.labels(
                                Features.title(estimator), Changed.largest(scores), labels)
                        .probability(shares)
                        .raw(raw));
    }

    private double[] means(String name, int count) {
        double[] means = estimator.rows(name, width);
        if (means.length != (long) count * width) {
            throw estimator.error(name, "expected %d rows".formatted(count));
        }
        return means;
    }

    /** [features, axes], each axis divided by its deviation. */
    private double[] scaled(NumpyArray rotation, double[] scales) {
        if (rotation.dimension(0) != width || rotation.dimension(1) != scales.length) {
            throw estimator.error("rotations_", "expected a row for each feature");
        }
        double[] axes = rotation.numbers();
        for (int i = 0; i < axes.length; i++) {
            axes[i] *= Math.pow(scales[i % scales.length], -0.5);
        }
        return axes;
    }

    /** A mixture of normal distributions: the likeliest part. */
    public TabularModel mixture() {
        double[] weights = estimator.array("weights_").numbers();
        int numParts = weights.length;
        if (numParts == 0) {
            throw estimator.error("weights_", "expected parts of a mixture, found none");
        }
        String kind = estimator.oneOf("covariance_type", "full", "tied", "diag", "spherical");
        double[] factors = estimator.array("precisions_cholesky_").numbers();
        double[] constants = new double[numParts];
        double[][] axes = new double[numParts][];
        for (int k = 0; k < numParts; k++) {
            axes[k] = axes(kind, factors, k);
            double logs = 0;
            for (int f = 0; f < width; f++) {
                logs += Math.log(axes[k][f * width + f]);
            }
            constants[k] = -0.5 * width * Math.log(2 * Math.PI) + logs + Math.log(weights[k]);
        }
        RowFunction scores =
                new QuadraticClasses(constants, means("means_", numParts), axes);
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                                Features.title(estimator),
                                Changed.largest(scores),
                                ValueType.INT64)
                        .probability(new Changed(scores, numParts, new LogShares(numParts))));
    }

    private double[] axes(String kind, double[] factors, int part) {
        int size = width * width;
        int start =
                switch (kind) {
                    case "full" -> part * size;
                    case "tied" -> 0;
                    case "diag" -> part * width;
                    default -> part;
                };
        int count =
                switch (kind) {
                    case "full", "tied" -> size;
                    case "diag" -> width;
                    default -> 1;
                };
        if (width > 1 << 14 || (long) start + count > factors.length) {
            throw estimator.error("precisions_cholesky_", "expected factors of each part");
        }
        double[] axes = new double[size];
        for (int f = 0; f < width; f++) {
            for (int a = 0; a < width; a++) {
                axes[f * width + a] =
                        count == size && size > 1
                                ? factors[start + f * width + a]
                                : f == a ? factors[start + (count == 1 ? 0 : f)] : 0;
            }
        }
        return axes;
    }
}
