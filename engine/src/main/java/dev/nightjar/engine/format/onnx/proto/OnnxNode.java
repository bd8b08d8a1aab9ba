package dev.nightjar.engine.format.onnx.proto;

import java.util.List;
import java.util.Map;

/**
 * One operator with its parameters.
 *
 * @param name or empty
 * @param domain of the operator; empty for plain ones
 * @param operator its name
 * @param inputs names of values; empty for an absent one
 * @param outputs names of values; empty for one that nobody needs
 * @param attributes by name
 */
public record OnnxNode(
        String name,
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, OnnxAttribute> attributes) {

    /** Protects the collections. */
    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /** What it is called in errors. */
    public String label() {
        String full = domain.isEmpty() ? "ai.onnx." + operator : domain + "." + operator;
        return name.isEmpty() ? full : "%s \"%s\"".formatted(full, name);
    }
}
