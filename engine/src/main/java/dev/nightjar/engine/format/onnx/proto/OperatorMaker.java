package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.tabular.graph.Operator;

/** Makes operators of one kind from nodes. */
@FunctionalInterface
public interface OperatorMaker {

    /**
     * The operator of a node.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if attributes do not fit
     */
    Operator make(NodeScope node);
}
