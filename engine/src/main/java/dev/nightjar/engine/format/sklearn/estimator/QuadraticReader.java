package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.bayes.GaussianClasses;
import dev.nightjar.engine.tabular.bayes.LogShares;
import dev.nightjar.engine.tabular.bayes.QuadraticClasses;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.Arrays;
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
                        ? new Changed(scores, 1, (s, from, a, to) -> a[to] = s[from + 1] - s[from])
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
        double[] means = means("means_", numParts);
        double[] factors = estimator.array("precisions_cholesky_").numbers();
        double[] logs = Arrays.stream(weights).map(Math::log).toArray();
        boolean isDiagonal = kind.equals("diag") || kind.equals("spherical");
        RowFunction scores =
                isDiagonal
                        ? new GaussianClasses(logs, means, variances(kind, factors, numParts))
                        : full(kind, factors, logs, means);
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                                Features.title(estimator), Changed.largest(scores), ValueType.INT64)
                        .probability(new Changed(scores, numParts, new LogShares(numParts))));
    }

    private double[] variances(String kind, double[] factors, int numParts) {
        boolean isOne = kind.equals("spherical");
        if (factors.length != (isOne ? numParts : (long) numParts * width)) {
            throw estimator.error("precisions_cholesky_", "expected factors of each part");
        }
        double[] variances = new double[numParts * width];
        for (int i = 0; i < variances.length; i++) {
            double factor = factors[isOne ? i / width : i];
            variances[i] = 1 / (factor * factor);
        }
        return variances;
    }

    private RowFunction full(String kind, double[] factors, double[] logs, double[] means) {
        long size = (long) width * width;
        boolean isTied = kind.equals("tied");
        if (factors.length != (isTied ? size : size * logs.length)) {
            throw estimator.error("precisions_cholesky_", "expected factors of each part");
        }
        double[] constants = new double[logs.length];
        double[][] axes = new double[logs.length][];
        for (int k = 0; k < logs.length; k++) {
            int from = isTied ? 0 : k * (int) size;
            axes[k] = isTied ? factors : Arrays.copyOfRange(factors, from, from + (int) size);
            double sum = 0;
            for (int f = 0; f < width; f++) {
                sum += Math.log(axes[k][f * width + f]);
            }
            constants[k] = -0.5 * width * Math.log(2 * Math.PI) + sum + logs[k];
        }
        return new QuadraticClasses(constants, means, axes);
    }
}
