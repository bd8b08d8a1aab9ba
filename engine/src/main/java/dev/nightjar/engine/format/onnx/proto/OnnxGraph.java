package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.tabular.graph.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph.
 *
 * @param name of it
 * @param nodes each after those whose outputs it takes
 * @param constants arrays by the names of the values they are
 * @param inputs which may name constants, too
 * @param outputs in order
 */
public record OnnxGraph(
        String name,
        List<OnnxNode> nodes,
        Map<String, Array> constants,
        List<OnnxValueInfo> inputs,
        List<OnnxValueInfo> outputs) {

    /** Protects the collections. */
    public OnnxGraph {
        nodes = List.copyOf(nodes);
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
