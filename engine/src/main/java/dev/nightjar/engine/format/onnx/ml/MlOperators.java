package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.graph.Operator;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The operators of {@code ai.onnx.ml} by name. */
public final class MlOperators {

    private MlOperators() {}

    /** All of them. */
    public static Map<String, OperatorMaker> table() {
        Map<String, OperatorMaker> table = new TreeMap<>();
        FeatureOperators.addTo(table);
        EncoderOperators.addTo(table);
        table.put("LinearClassifier", LinearOperators::classifier);
        table.put("LinearRegressor", LinearOperators::regressor);
        table.put("SVMClassifier", SvmOperators::classifier);
        table.put("SVMRegressor", SvmOperators::regressor);
        table.put("TreeEnsembleClassifier", node -> new TreeAttributes(node).classifier());
        table.put("TreeEnsembleRegressor", node -> new TreeAttributes(node).regressor());
        table.put("TreeEnsemble", node -> new TreeEnsembleAttributes(node).operator());
        table.put("CastMap", MlOperators::map);
        table.put("DictVectorizer", MlOperators::map);
        return Collections.unmodifiableMap(table);
    }

    private static Operator map(NodeScope node) {
        throw node.error(
                "input 0",
                "expected arrays, found a map, which is no column of a table; export the model from"
                        + " behind this operator, with one column a key");
    }
}
