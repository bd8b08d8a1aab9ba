package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.tabular.graph.ElementType;
import java.util.List;
import java.util.Optional;

/**
 * An input or output of a graph.
 *
 * @param name of it
 * @param kind {@code tensor}, or what else it is
 * @param type of a tensor's elements, if it is stated and known
 * @param shape of a tensor, if it is stated; −1 for a size that is not fixed
 */
public record OnnxValueInfo(
        String name, String kind, Optional<ElementType> type, Optional<List<Long>> shape) {}
