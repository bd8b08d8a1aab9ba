package dev.nightjar.engine.format.onnx.plain;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.Value;
import dev.nightjar.engine.tabular.graph.math.Movement;
import dev.nightjar.engine.tabular.graph.math.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Operators that move and choose elements. */
final class ChoiceOperators {

    private ChoiceOperators() {}

    static void addTo(Map<String, OperatorMaker> table) {
        table.put("Transpose", ChoiceOperators::transpose);
        table.put("Concat", ChoiceOperators::concat);
        table.put("Split", ChoiceOperators::split);
        table.put("Slice", ChoiceOperators::slice);
        table.put("Gather", ChoiceOperators::gather);
        table.put("GatherElements", ChoiceOperators::gatherElements);
        table.put("ArgMax", node -> extreme(node, true));
        table.put("ArgMin", node -> extreme(node, false));
        table.put("TopK", ChoiceOperators::top);
        table.put("OneHot", ChoiceOperators::oneHot);
    }

    private static Operator transpose(NodeScope node) {
        Optional<long[]> order = node.wholes("perm");
        return Operator.of(
                a -> {
                    int rank = a.array(0).shape().rank();
                    long[] reversed = LongStream.range(0, rank).map(i -> rank - 1 - i).toArray();
                    return Movement.transpose(a.array(0), order.orElse(reversed), a.budget());
                });
    }

    private static Operator concat(NodeScope node) {
        long axis = node.opset() < 4 ? node.whole("axis", 1) : node.whole("axis");
        return Operator.of(
                a -> {
                    List<Array> arrays = new ArrayList<>();
                    for (int i = 0; i < a.count(); i++) {
                        arrays.add(a.array(i));
                    }
                    if (arrays.isEmpty()) {
                        throw new ModelFormatException("expected arrays, found none");
                    }
                    return Movement.concat(arrays, axis, a.budget());
                });
    }

    private static Operator split(NodeScope node) {
        long axis = node.whole("axis", 0);
        Optional<long[]> fixed = node.wholes("split");
        long count = node.whole("num_outputs", node.node().outputs().size());
        if (count != node.node().outputs().size()) {
            throw node.error("num_outputs", "expected the number of outputs, found " + count);
        }
        return a -> {
            Array x = a.array(0);
            long size = x.shape().size(x.shape().axis(axis));
            long part = (size + count - 1) / Math.max(1, count);
            long[] equal =
                    LongStream.range(0, count)
                            .map(i -> Math.clamp(size - i * part, 0, part))
                            .toArray();
            long[] sizes = a.has(1) ? a.longs(1) : fixed.orElse(equal);
            return List.copyOf(Movement.split(x, axis, sizes, a.budget()));
        };
    }

    private static Operator slice(NodeScope node) {
        Optional<long[]> starts = node.wholes("starts");
        Optional<long[]> ends = node.wholes("ends");
        Optional<long[]> axes = node.wholes("axes");
        return Operator.of(
                a -> {
                    long[] from = input(a, 1, starts).orElse(new long[0]);
                    long[] to = input(a, 2, ends).orElse(new long[0]);
                    long[] along =
                            input(a, 3, axes).orElse(LongStream.range(0, from.length).toArray());
                    long[] steps = input(a, 4, Optional.empty()).orElse(ones(from.length));
                    if (to.length != from.length
                            || along.length != from.length
                            || steps.length != from.length) {
                        throw new ModelFormatException(
                                "expected as many starts, ends, axes and steps, found others");
                    }
                    Array result = a.array(0);
                    for (int i = 0; i < from.length; i++) {
                        result =
                                Movement.slice(
                                        result, along[i], from[i], to[i], steps[i], a.budget());
                    }
                    return result;
                });
    }

    private static Optional<long[]> input(Arguments a, int index, Optional<long[]> attribute) {
        return a.has(index) ? Optional.of(a.longs(index)) : attribute;
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Operator gather(NodeScope node) {
        long axis = node.whole("axis", 0);
        return Operator.of(a -> Selection.gather(a.array(0), a.numbers(1), axis, a.budget()));
    }

    private static Operator gatherElements(NodeScope node) {
        long axis = node.whole("axis", 0);
        return Operator.of(
                a -> Selection.gatherElements(a.array(0), a.numbers(1), axis, a.budget()));
    }

    private static Operator extreme(NodeScope node, boolean isMax) {
        long axis = node.whole("axis", 0);
        boolean isKept = node.whole("keepdims", 1) != 0;
        boolean isLast = node.whole("select_last_index", 0) != 0;
        return Operator.of(
                a -> {
                    NumberArray x = a.numbers(0);
                    int along = x.shape().axis(axis);
                    NumberArray places = Selection.extreme(x, along, isMax, isLast, a.budget());
                    return isKept ? places : places.reshaped(without(x.shape(), along));
                });
    }

    private static Shape without(Shape shape, int axis) {
        int[] sizes = new int[shape.rank() - 1];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.size(i < axis ? i : i + 1);
        }
        return new Shape(sizes);
    }

    private static Operator top(NodeScope node) {
        long axis = node.whole("axis", -1);
        long fixed = node.whole("k", -1);
        boolean isLargest = node.whole("largest", 1) != 0;
        // In order is one of the orders that are allowed where none is asked for.
        node.ignore("sorted");
        return a -> top(a, fixed, axis, isLargest);
    }

    private static List<Value> top(Arguments a, long fixed, long axis, boolean isLargest) {
        double k = a.has(1) ? a.number(1) : fixed;
        return Selection.top(a.numbers(0), k, axis, isLargest, a.budget());
    }

    private static Operator oneHot(NodeScope node) {
        long axis = node.whole("axis", -1);
        return Operator.of(
                a -> Selection.oneHot(a.numbers(0), a.number(1), a.array(2), axis, a.budget()));
    }
}
