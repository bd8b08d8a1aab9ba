package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.estimator.Classes;
import dev.nightjar.engine.tabular.graph.estimator.LinearScores;
import dev.nightjar.engine.tabular.graph.estimator.PostTransform;
import java.util.Optional;

/** Linear models. */
final class LinearOperators {
    private static final int MAX_TARGETS = 1 << 20;

    private LinearOperators() {}

    static Operator classifier(NodeScope node) {
        Classes classes = new Classes(Labels.of(node, "classlabels_ints", "classlabels_strings"));
        double[] weights = node.decimals("coefficients").orElse(new double[0]);
        double[] constants =
                node.decimals("intercepts").orElseGet(() -> new double[classes.count()]);
        // Scores are the same for one against the rest and for multinomial.
        node.ignore("multi_class");
        return new LinearScores(
                weights,
                constants,
                node.choice("post_transform", PostTransform.NONE),
                Optional.of(classes));
    }

    static Operator regressor(NodeScope node) {
        double[] weights = node.decimals("coefficients").orElse(new double[0]);
        long targets = node.whole("targets", 1);
        if (targets < 1 || targets > MAX_TARGETS) {
            throw node.error(
                    "targets", "expected 1 to %d, found %d".formatted(MAX_TARGETS, targets));
        }
        double[] constants = node.decimals("intercepts").orElseGet(() -> new double[(int) targets]);
        if (constants.length != targets) {
            throw node.error(
                    "intercepts",
                    "expected %d numbers, found %d".formatted(targets, constants.length));
        }
        return new LinearScores(
                weights,
                constants,
                node.choice("post_transform", PostTransform.NONE),
                Optional.empty());
    }
}
