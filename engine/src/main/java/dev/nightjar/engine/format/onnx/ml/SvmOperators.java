package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.estimator.Classes;
import dev.nightjar.engine.tabular.graph.estimator.LinearSvmClassifier;
import dev.nightjar.engine.tabular.graph.estimator.PairProbabilities;
import dev.nightjar.engine.tabular.graph.estimator.PostTransform;
import dev.nightjar.engine.tabular.graph.estimator.SupportVectors;
import dev.nightjar.engine.tabular.graph.estimator.SvmClassifier;
import dev.nightjar.engine.tabular.graph.estimator.SvmKernel;
import dev.nightjar.engine.tabular.graph.estimator.SvmRegressor;

/** Support vector machines. */
final class SvmOperators {

    private SvmOperators() {}

    private static SvmKernel kernel(NodeScope node) {
        double[] params = node.decimals("kernel_params").orElse(new double[3]);
        SvmKernel.Kind kind = node.choice("kernel_type", SvmKernel.Kind.LINEAR);
        if (params.length != 3 && params.length != 0) {
            throw node.error("kernel_params", "expected 3 numbers, found " + params.length);
        }
        return params.length == 0
                ? new SvmKernel(kind, 0, 0, 0)
                : new SvmKernel(kind, params[0], params[1], params[2]);
    }

    private static double[] numbers(NodeScope node, String name) {
        return node.decimals(name).orElse(new double[0]);
    }

    static Operator regressor(NodeScope node) {
        SvmKernel kernel = kernel(node);
        double[] vectors = numbers(node, "support_vectors");
        double[] coefficients = numbers(node, "coefficients");
        double[] constants = numbers(node, "rho");
        long count = node.whole("n_supports", 0);
        boolean isOneClass = node.whole("one_class", 0) != 0;
        if (node.choice("post_transform", PostTransform.NONE) != PostTransform.NONE) {
            throw node.error(
                    "post_transform", "expected NONE, found another, which no runtime has");
        }
        if (constants.length != 1 || count < 0 || count > Math.max(1, vectors.length)) {
            throw node.error(
                    "rho, n_supports",
                    "expected one constant and a number of vectors, found %d and %d"
                            .formatted(constants.length, count));
        }
        if (count == 0) {
            SvmKernel linear = new SvmKernel(SvmKernel.Kind.LINEAR, 0, 0, 0);
            return new SvmRegressor(
                    new SupportVectors(linear, coefficients, 1),
                    new double[] {1},
                    constants[0],
                    isOneClass);
        }
        return new SvmRegressor(
                new SupportVectors(kernel, vectors, (int) count),
                coefficients,
                constants[0],
                isOneClass);
    }

    static Operator classifier(NodeScope node) {
        Classes classes = new Classes(Labels.of(node, "classlabels_ints", "classlabels_strings"));
        SvmKernel kernel = kernel(node);
        double[] vectors = numbers(node, "support_vectors");
        double[] coefficients = numbers(node, "coefficients");
        double[] constants = numbers(node, "rho");
        PairProbabilities probabilities =
                new PairProbabilities(numbers(node, "prob_a"), numbers(node, "prob_b"));
        PostTransform transform = node.choice("post_transform", PostTransform.NONE);
        int[] starts = starts(node, vectors.length);
        int count = starts[starts.length - 1];
        if (count == 0) {
            return new LinearSvmClassifier(coefficients, constants, transform, classes);
        }
        return new SvmClassifier(
                new SupportVectors(kernel, vectors, count),
                starts,
                coefficients,
                constants,
                probabilities,
                transform,
                classes);
    }

    private static int[] starts(NodeScope node, int max) {
        long[] counts = node.wholes("vectors_per_class").orElse(new long[0]);
        int[] starts = new int[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0 || counts[i] > max - starts[i]) {
                throw node.error(
                        "vectors_per_class",
                        "expected at most %d in all, found more".formatted(max));
            }
            starts[i + 1] = starts[i] + (int) counts[i];
        }
        return starts;
    }
}
