package dev.nightjar.engine.format.onnx;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.proto.OnnxAttribute;
import dev.nightjar.engine.format.onnx.proto.OnnxGraph;
import dev.nightjar.engine.format.onnx.proto.OnnxNode;
import dev.nightjar.engine.format.onnx.proto.OnnxValueInfo;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.GraphInput;
import dev.nightjar.engine.tabular.graph.GraphInput.Layout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How the columns of a table become the inputs of a graph. */
final class InputShapes {
    private static final int MAX_WIDTH = 1 << 20;

    private final String file;
    private final OnnxGraph graph;

    InputShapes(String file, OnnxGraph graph) {
        this.file = file;
        this.graph = graph;
    }

    /** Rows that all inputs take at a time, or 0 for any number. */
    int batch(List<OnnxValueInfo> inputs) {
        int batch = 0;
        for (OnnxValueInfo input : inputs) {
            List<Long> shape = input.shape().orElse(List.of());
            long rows =
                    layout(input, shape) == Layout.ROW ? 1 : shape.isEmpty() ? -1 : shape.get(0);
            if (rows < 1) {
                continue;
            }
            if (rows > MAX_WIDTH || batch != 0 && batch != rows) {
                throw error(input, "one number of rows for all inputs", shape);
            }
            batch = (int) rows;
        }
        return batch;
    }

    /** One input. */
    GraphInput input(OnnxValueInfo input) {
        if (!input.kind().equals("tensor") || input.type().isEmpty()) {
            throw error(input, "a tensor of a type that is supported", input.kind());
        }
        List<Long> shape = input.shape().orElse(List.of(-1L, -1L));
        if (shape.isEmpty() || shape.size() > 2) {
            throw error(input, "rows of columns, shape [-1, columns]", shape);
        }
        Layout layout = layout(input, shape);
        long width = layout == Layout.VECTOR ? 1 : shape.getLast();
        int known = width > 0 ? (int) Math.min(width, MAX_WIDTH + 1L) : consumed(input);
        if (known > MAX_WIDTH) {
            throw error(input, "at most %d columns".formatted(MAX_WIDTH), shape);
        }
        return new GraphInput(input.name(), input.type().get(), known, layout);
    }

    /** One dimension is that of rows, unless its size is fixed. */
    private static Layout layout(OnnxValueInfo input, List<Long> shape) {
        if (input.shape().isEmpty() || shape.size() != 1) {
            return Layout.MATRIX;
        }
        return shape.getFirst() > 1 ? Layout.ROW : Layout.VECTOR;
    }

    /** The width that the first operator with parameters of that length wants. */
    private int consumed(OnnxValueInfo input) {
        String name = input.name();
        for (OnnxNode node : graph.nodes()) {
            if (node.inputs().isEmpty() || !node.inputs().getFirst().equals(name)) {
                continue;
            }
            OptionalInt width = width(node);
            if (width.isPresent() && width.getAsInt() > 0) {
                return width.getAsInt();
            }
            boolean isGlue = List.of("Cast", "Identity").contains(node.operator());
            if (isGlue && !node.outputs().isEmpty()) {
                name = node.outputs().getFirst();
            }
        }
        throw error(
                input,
                "a shape with a fixed number of columns",
                "one that is open, and no operator that says how many there are");
    }

    private OptionalInt width(OnnxNode node) {
        return switch (node.operator()) {
            case "Scaler" -> length(node, "offset", 1);
            case "Imputer" -> length(node, "imputed_value_floats", 1);
            case "LinearRegressor" ->
                    length(node, "coefficients", whole(node, "targets").orElse(1L));
            case "LinearClassifier" -> length(node, "coefficients", lengthOf(node, "intercepts"));
            case "SVMRegressor" ->
                    length(node, "support_vectors", whole(node, "n_supports").orElse(0L));
            case "MatMul", "Gemm" -> rows(node);
            case "TreeEnsembleRegressor", "TreeEnsembleClassifier", "TreeEnsemble" ->
                    highest(node, "nodes_featureids");
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt length(OnnxNode node, String name, long parts) {
        long length = lengthOf(node, name);
        return parts > 0 && length > 1 && length % parts == 0
                ? OptionalInt.of((int) (length / parts))
                : OptionalInt.empty();
    }

    private static long lengthOf(OnnxNode node, String name) {
        return node.attributes().get(name) instanceof OnnxAttribute.Decimals(double[] numbers)
                ? numbers.length
                : 0;
    }

    private static Optional<Long> whole(OnnxNode node, String name) {
        return node.attributes().get(name) instanceof OnnxAttribute.Whole(long number)
                ? Optional.of(number)
                : Optional.empty();
    }

    private static OptionalInt highest(OnnxNode node, String name) {
        if (!(node.attributes().get(name) instanceof OnnxAttribute.Wholes(long[] numbers))) {
            return OptionalInt.empty();
        }
        long highest = 0;
        for (long number : numbers) {
            highest = Math.max(highest, Math.min(number, MAX_WIDTH));
        }
        return OptionalInt.of((int) highest + 1);
    }

    private OptionalInt rows(OnnxNode node) {
        Array weights =
                node.inputs().size() < 2 ? null : graph.constants().get(node.inputs().get(1));
        if (weights == null || weights.shape().rank() != 2) {
            return OptionalInt.empty();
        }
        boolean isSwapped = whole(node, "transB").orElse(0L) != 0;
        return OptionalInt.of(weights.shape().size(isSwapped ? 1 : 0));
    }

    private ModelFormatException error(OnnxValueInfo input, String expected, Object found) {
        return new ModelFormatException(
                "%s: input \"%s\": expected %s, found %s"
                        .formatted(file, input.name(), expected, found));
    }
}
