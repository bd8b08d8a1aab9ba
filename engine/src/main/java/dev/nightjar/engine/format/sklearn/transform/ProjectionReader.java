package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.linear.LinearFunction;
import dev.nightjar.engine.tabular.numeric.Project;
import dev.nightjar.engine.tabular.transform.Affine;
import dev.nightjar.engine.tabular.transform.Chain;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.Arrays;
import java.util.List;

/** Projections on a few directions. */
public final class ProjectionReader {
    private final PickledObject step;
    private final int width;

    /** Reads the state of an object. */
    public ProjectionReader(PickledObject step) {
        this.step = step;
        width = Features.count(step);
    }

    /** Rows of {@code components_}, of features less their means where those are known. */
    public Transform components() {
        double[] components = step.rows("components_", width);
        int count = components.length / width;
        if (step.className().endsWith("PCA") && step.flag("whiten", false)) {
            double[] variances = step.numbers("explained_variance_", count);
            for (int i = 0; i < components.length; i++) {
                components[i] /= Math.sqrt(variances[i / width]);
            }
        }
        return centred("mean_", new LinearFunction(components, new double[count]));
    }

    /** Columns of {@code scalings_} of a discriminant analysis. */
    public Transform discriminants() {
        NumpyArray scalings = step.array("scalings_");
        int all = scalings.dimension(1);
        int count = step.integer("_max_components", 1, Math.max(1, all));
        double[] columns = scalings.numbers();
        if (columns.length != (long) width * all) {
            throw step.error("scalings_", "expected a row for each feature");
        }
        double[] weights = new double[count * width];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = columns[i % width * all + i / width];
        }
        return centred("xbar_", new LinearFunction(weights, new double[count]));
    }

    private Transform centred(String means, LinearFunction projection) {
        Transform project = new Project(projection);
        if (step.optional(means).isEmpty()) {
            return project;
        }
        double[] ones = new double[width];
        Arrays.fill(ones, 1);
        Transform less =
                new Affine(
                        step.numbers(means, width),
                        ones,
                        ones,
                        new double[width],
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY);
        return new Chain(List.of(less, project));
    }
}
