package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.ScoreMaps;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.TextArray;
import dev.nightjar.engine.tabular.graph.feature.LabelMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that change labels and categories. */
final class EncoderOperators {
    private static final String UNKNOWN = "_Unused";

    private EncoderOperators() {}

    static void addTo(Map<String, OperatorMaker> table) {
        table.put("LabelEncoder", EncoderOperators::labels);
        table.put("CategoryMapper", EncoderOperators::categories);
        table.put("OneHotEncoder", EncoderOperators::oneHot);
        table.put("ZipMap", EncoderOperators::zip);
    }

    private static Operator labels(NodeScope node) {
        if (node.opset() < 2) {
            List<String> classes =
                    node.texts("classes_strings")
                            .orElseThrow(
                                    () ->
                                            node.error(
                                                    "classes_strings",
                                                    "expected some, found none"));
            double[] places = IntStream.range(0, classes.size()).asDoubleStream().toArray();
            return eitherWay(
                    node, TextArray.vector(classes), NumberArray.vector(ElementType.INT64, places));
        }
        Array keys =
                Labels.ofAnyType(node, "keys")
                        .orElseThrow(() -> node.error("keys_*", "expected some, found none"));
        Array values =
                Labels.ofAnyType(node, "values")
                        .orElseThrow(() -> node.error("values_*", "expected some, found none"));
        Array otherwise = otherwise(node, values.type());
        if (keys.shape().count() != values.shape().count()
                || otherwise.type() != values.type()
                || otherwise.shape().count() != 1) {
            throw node.error(
                    "keys_*, values_*, default_*",
                    "expected a value a key and a default of its type, found %s, %s and %s"
                            .formatted(keys.kind(), values.kind(), otherwise.kind()));
        }
        // Since version 4, NaN is a key like others.
        LabelMap map = new LabelMap(keys, node.opset() >= 4);
        return Operator.of(a -> map.map(a.array(0), values, otherwise, a.budget()));
    }

    private static Array otherwise(NodeScope node, ElementType type) {
        String text = node.text("default_string", UNKNOWN);
        double whole = node.whole("default_int64", -1);
        double decimal = node.decimal("default_float", -0.0);
        return node.tensor("default_tensor")
                .orElseGet(
                        () ->
                                type == ElementType.TEXT
                                        ? TextArray.vector(List.of(text))
                                        : NumberArray.vector(
                                                type, type.isFloating() ? decimal : whole));
    }

    /** From text to integers or back, by what comes in. */
    private static Operator eitherWay(NodeScope node, TextArray texts, NumberArray numbers) {
        Array otherText = TextArray.vector(List.of(node.text("default_string", UNKNOWN)));
        Array otherNumber = NumberArray.vector(ElementType.INT64, node.whole("default_int64", -1));
        LabelMap fromText = new LabelMap(texts, false);
        LabelMap fromNumber = new LabelMap(numbers, false);
        return Operator.of(
                a ->
                        a.array(0) instanceof TextArray
                                ? fromText.map(a.array(0), numbers, otherNumber, a.budget())
                                : fromNumber.map(a.array(0), texts, otherText, a.budget()));
    }

    private static Operator categories(NodeScope node) {
        List<String> texts = node.texts("cats_strings").orElse(List.of());
        long[] numbers = node.wholes("cats_int64s").orElse(new long[0]);
        if (texts.size() != numbers.length) {
            throw node.error(
                    "cats_strings, cats_int64s",
                    "expected as many of both, found %d and %d"
                            .formatted(texts.size(), numbers.length));
        }
        return eitherWay(node, TextArray.vector(texts), Labels.vector(numbers));
    }

    private static Operator oneHot(NodeScope node) {
        LabelMap map = new LabelMap(Labels.of(node, "cats_int64s", "cats_strings"), false);
        boolean canBeUnknown = node.whole("zeros", 1) != 0;
        return Operator.of(a -> map.oneHot(a.array(0), canBeUnknown, a.budget()));
    }

    private static Operator zip(NodeScope node) {
        ClassLabels keys =
                switch (Labels.of(node, "classlabels_int64s", "classlabels_strings")) {
                    case TextArray texts -> ClassLabels.of(List.of(texts.texts()));
                    case NumberArray numbers ->
                            new ClassLabels(
                                    ValueType.INT64,
                                    Arrays.stream(numbers.numbers()).boxed().toList(),
                                    List.of());
                };
        return Operator.of(
                a -> {
                    NumberArray scores = a.numbers(0);
                    int width = scores.shape().lastSize();
                    if (scores.shape().rank() < 1
                            || scores.shape().rank() > 2
                            || width != keys.size()) {
                        throw new ModelFormatException(
                                "expected a score for each of %d classes, found %s"
                                        .formatted(keys.size(), scores.kind()));
                    }
                    int rows = scores.shape().rank() == 1 ? 1 : scores.shape().size(0);
                    return new ScoreMaps(keys, scores.reshaped(new Shape(rows, width)));
                });
    }
}
