package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.feature.Features;
import dev.nightjar.engine.tabular.graph.feature.Norm;
import dev.nightjar.engine.tabular.graph.math.Broadcast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators that change numbers. */
final class FeatureOperators {

    private FeatureOperators() {}

    static void addTo(Map<String, OperatorMaker> table) {
        table.put("Scaler", FeatureOperators::scaler);
        table.put("Imputer", FeatureOperators::imputer);
        table.put("Normalizer", FeatureOperators::normalizer);
        table.put("Binarizer", FeatureOperators::binarizer);
        table.put("FeatureVectorizer", FeatureOperators::vectorizer);
        table.put(
                "ArrayFeatureExtractor",
                node -> Operator.of(a -> Features.extract(a.array(0), a.numbers(1), a.budget())));
    }

    private static Operator scaler(NodeScope node) {
        double[] offset = node.decimals("offset").orElse(new double[] {0});
        double[] scale = node.decimals("scale").orElse(new double[] {1});
        return Operator.of(a -> Features.scale(a.numbers(0), offset, scale, a.budget()));
    }

    private static Operator imputer(NodeScope node) {
        Optional<double[]> floats = node.decimals("imputed_value_floats");
        Optional<double[]> wholes =
                node.wholes("imputed_value_int64s").map(v -> Labels.vector(v).numbers());
        if (floats.isPresent() == wholes.isPresent()) {
            throw node.error(
                    "imputed_value_floats, imputed_value_int64s",
                    "expected one of them, found both or none");
        }
        double missing = node.decimal("replaced_value_float", 0);
        double missingWhole = node.whole("replaced_value_int64", 0);
        return Operator.of(
                a ->
                        Features.impute(
                                a.numbers(0),
                                floats.isPresent() ? missing : missingWhole,
                                floats.or(() -> wholes).orElseThrow(),
                                a.budget()));
    }

    private static Operator normalizer(NodeScope node) {
        Norm norm = node.choice("norm", Norm.MAX);
        return Operator.of(a -> Features.normalize(a.numbers(0), norm, a.budget()));
    }

    private static Operator binarizer(NodeScope node) {
        double threshold = node.decimal("threshold", 0);
        return Operator.of(
                a ->
                        Broadcast.map(
                                a.numbers(0),
                                a.numbers(0).type(),
                                x -> x > threshold ? 1 : 0,
                                a.budget()));
    }

    private static Operator vectorizer(NodeScope node) {
        long[] widths = node.wholes("inputdimensions").orElse(new long[0]);
        if (widths.length == 0 || widths.length != node.node().inputs().size()) {
            throw node.error(
                    "inputdimensions",
                    "expected one for each of %d inputs, found %d"
                            .formatted(node.node().inputs().size(), widths.length));
        }
        for (long width : widths) {
            if (width < 0 || width > 1 << 24) {
                throw node.error("inputdimensions", "expected 0 to 2^24, found " + width);
            }
        }
        return Operator.of(
                a -> {
                    List<NumberArray> inputs = new ArrayList<>();
                    for (int i = 0; i < a.count(); i++) {
                        inputs.add(a.numbers(i));
                    }
                    return Features.vectorize(inputs, widths, a.budget());
                });
    }
}
