package dev.nightjar.engine.format.onnx;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.ml.MlOperators;
import dev.nightjar.engine.format.onnx.plain.PlainOperators;
import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OnnxNode;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.graph.Operator;
import java.util.Map;

/** Finds what a node computes, by its domain, name and version. */
final class OperatorTable {
    private static final long LATEST = 30;
    private static final Map<String, Map<String, OperatorMaker>> DOMAINS =
            Map.of(
                    "",
                    PlainOperators.table(),
                    "ai.onnx.ml",
                    MlOperators.table(),
                    "com.microsoft",
                    PlainOperators.microsoft());

    private final String file;
    private final Map<String, Long> opsets;

    OperatorTable(String file, Map<String, Long> opsets) {
        this.file = file;
        this.opsets = opsets;
    }

    Operator operator(OnnxNode node) {
        long version = version(node.domain());
        OperatorMaker maker = DOMAINS.getOrDefault(node.domain(), Map.of()).get(node.operator());
        if (maker == null || version < 1 || version > LATEST) {
            throw new ModelFormatException(
                    "%s: expected operators of classical models, found %s of version %d, which is"
                                    .formatted(file, node.label(), version)
                            + " not supported");
        }
        NodeScope scope = new NodeScope(node, version, file);
        try {
            Operator operator = maker.make(scope);
            scope.finish();
            return operator;
        } catch (ModelFormatException e) {
            throw e.getMessage().startsWith(file)
                    ? e
                    : new ModelFormatException(
                            "%s: %s: %s".formatted(file, node.label(), e.getMessage()), e);
        }
    }

    /** Files of onnxmltools leave the plain domain out where they need it for nothing special. */
    private long version(String domain) {
        return opsets.getOrDefault(domain, domain.isEmpty() && !opsets.isEmpty() ? 9L : 0L);
    }
}
