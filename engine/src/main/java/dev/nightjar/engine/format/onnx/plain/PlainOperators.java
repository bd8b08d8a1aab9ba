package dev.nightjar.engine.format.onnx.plain;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.math.Products;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The operators of {@code ai.onnx} by name. */
public final class PlainOperators {

    private PlainOperators() {}

    /** All of them. */
    public static Map<String, OperatorMaker> table() {
        Map<String, OperatorMaker> table = new TreeMap<>();
        ElementOperators.addTo(table);
        TypeOperators.addTo(table);
        ShapeOperators.addTo(table);
        MatrixOperators.addTo(table);
        ChoiceOperators.addTo(table);
        return Collections.unmodifiableMap(table);
    }

    /** Those of {@code com.microsoft} that exporters use for neighbours. */
    public static Map<String, OperatorMaker> microsoft() {
        return Map.of("CDist", PlainOperators::distances);
    }

    private static Operator distances(NodeScope node) {
        String metric = node.text("metric", "sqeuclidean");
        boolean isSquared = metric.equals("sqeuclidean");
        if (!isSquared && !metric.equals("euclidean")) {
            throw node.error("metric", "expected euclidean or sqeuclidean, found " + metric);
        }
        return Operator.of(
                a -> Products.distances(a.numbers(0), a.numbers(1), isSquared, a.budget()));
    }
}
