package dev.nightjar.engine.tabular.graph.estimator;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Arguments;

/**
 * Vectors that rows are compared with.
 *
 * @param kernel of the comparison
 * @param vectors [vectors, features]
 * @param count how many
 */
public record SupportVectors(SvmKernel kernel, double[] vectors, int count) {

    /** Checks that they are of one length. */
    public SupportVectors {
        if (count < 1 || vectors.length == 0 || vectors.length % count != 0) {
            throw new ModelFormatException(
                    "expected %d support vectors, found %d numbers"
                            .formatted(count, vectors.length));
        }
    }

    /** How many features they have. */
    int width() {
        return vectors.length / count;
    }

    /** The kernel of each row and vector, [rows, vectors]. */
    double[] kernels(Rows rows, Arguments arguments) {
        arguments.budget().spend((long) rows.numRows() * count);
        arguments.budget().spend((long) rows.numRows() * vectors.length / 64);
        double[] kernels = new double[Math.multiplyExact(rows.numRows(), count)];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = kernel.of(rows, i / count, vectors, i % count * width());
        }
        return kernels;
    }
}
