package dev.nightjar.engine.format.onnx.plain;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.math.Broadcast;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Operators that change shapes and leave elements in their order, or make arrays of a shape. */
final class ShapeOperators {

    private ShapeOperators() {}

    static void addTo(Map<String, OperatorMaker> table) {
        table.put("Identity", ElementOperators.one(a -> a.value(0)));
        table.put("Reshape", ShapeOperators::reshape);
        table.put("Flatten", ShapeOperators::flatten);
        table.put("Squeeze", ShapeOperators::squeeze);
        table.put("Unsqueeze", ShapeOperators::unsqueeze);
        table.put("Shape", ShapeOperators::shape);
        table.put("Size", ElementOperators.one(a -> whole(a.array(0).shape().count())));
        table.put("ConstantOfShape", ShapeOperators::filled);
        table.put("Expand", ElementOperators.one(ShapeOperators::expand));
    }

    private static NumberArray whole(double number) {
        return new NumberArray(ElementType.INT64, new Shape(), new double[] {number});
    }

    /** Axes are an attribute in older versions, an input in newer ones. */
    static long[] axes(Optional<long[]> attribute, Arguments arguments) {
        return arguments.has(1) ? arguments.longs(1) : attribute.orElse(new long[0]);
    }

    private static Operator reshape(NodeScope node) {
        Optional<long[]> fixed = node.wholes("shape");
        boolean allowsZero = node.whole("allowzero", 0) != 0;
        return Operator.of(
                a -> {
                    Array x = a.array(0);
                    long[] sizes = (a.has(1) ? a.longs(1) : axes(fixed, a)).clone();
                    return x.reshaped(completed(x.shape(), sizes, allowsZero));
                });
    }

    /** A size of 0 stands for the input's, one of −1 for what is left. */
    private static Shape completed(Shape from, long[] sizes, boolean allowsZero) {
        long known = 1;
        int open = -1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == 0 && !allowsZero && i < from.rank()) {
                sizes[i] = from.size(i);
            }
            if (sizes[i] == -1 && open < 0) {
                open = i;
            } else {
                known *= Math.clamp(sizes[i], 0, Shape.MAX_COUNT);
                known = Math.min(known, Shape.MAX_COUNT);
            }
        }
        if (open >= 0) {
            sizes[open] = known == 0 ? 0 : from.count() / known;
        }
        Shape shape = Shape.ofLongs(sizes);
        if (shape.count() != from.count()) {
            throw new ModelFormatException(
                    "expected a shape of %d elements, found %s for %s"
                            .formatted(from.count(), shape, from));
        }
        return shape;
    }

    private static Operator flatten(NodeScope node) {
        long axis = node.whole("axis", 1);
        return Operator.of(
                a -> {
                    Shape shape = a.array(0).shape();
                    int rank = shape.rank();
                    int at = axis == rank ? rank : shape.axis(axis);
                    return a.array(0)
                            .reshaped(new Shape(shape.count(0, at), shape.count(at, rank)));
                });
    }

    private static Operator squeeze(NodeScope node) {
        Optional<long[]> fixed = node.wholes("axes");
        return Operator.of(
                a -> {
                    Shape shape = a.array(0).shape();
                    long[] axes = axes(fixed, a);
                    boolean[] isGone = new boolean[shape.rank()];
                    for (int i = 0; i < isGone.length; i++) {
                        isGone[i] = axes.length == 0 && shape.size(i) == 1;
                    }
                    for (long axis : axes) {
                        isGone[shape.axis(axis)] = true;
                    }
                    int[] kept = new int[shape.rank()];
                    int rank = 0;
                    for (int i = 0; i < isGone.length; i++) {
                        if (!isGone[i]) {
                            kept[rank++] = shape.size(i);
                        } else if (shape.size(i) != 1) {
                            throw new ModelFormatException(
                                    "expected size 1 at axis %d, found %s".formatted(i, shape));
                        }
                    }
                    return a.array(0).reshaped(new Shape(Arrays.copyOf(kept, rank)));
                });
    }

    private static Operator unsqueeze(NodeScope node) {
        Optional<long[]> fixed = node.wholes("axes");
        return Operator.of(
                a -> {
                    Shape shape = a.array(0).shape();
                    long[] axes = axes(fixed, a);
                    int rank = shape.rank() + Math.min(axes.length, 64);
                    TreeSet<Integer> added = new TreeSet<>();
                    for (long axis : axes) {
                        if (!added.add(Shape.axis(axis, rank))) {
                            throw new ModelFormatException(
                                    "expected each axis once, found %d again".formatted(axis));
                        }
                    }
                    int[] sizes = new int[rank];
                    int from = 0;
                    for (int i = 0; i < rank; i++) {
                        sizes[i] = added.contains(i) ? 1 : shape.size(from++);
                    }
                    return a.array(0).reshaped(new Shape(sizes));
                });
    }

    private static Operator shape(NodeScope node) {
        long start = node.whole("start", 0);
        long end = node.whole("end", Long.MAX_VALUE);
        return Operator.of(
                a -> {
                    int[] sizes = a.array(0).shape().sizes();
                    int from = bounded(start, sizes.length);
                    int to = Math.max(from, bounded(end, sizes.length));
                    double[] part =
                            Arrays.stream(sizes, from, to).mapToDouble(size -> size).toArray();
                    return NumberArray.vector(ElementType.INT64, part);
                });
    }

    private static int bounded(long index, int rank) {
        return Math.clamp(index < 0 ? index + rank : index, 0, rank);
    }

    private static Operator filled(NodeScope node) {
        Array value = node.tensor("value").orElse(NumberArray.vector(ElementType.FLOAT, 0));
        if (value.shape().count() != 1) {
            throw node.error("value", "expected one element, found " + value.shape());
        }
        return Operator.of(
                a -> {
                    Shape shape = Shape.ofLongs(a.longs(0));
                    Array result = a.budget().like(value, shape);
                    for (int i = 0; i < shape.count(); i++) {
                        result.copy(value, 0, i, 1);
                    }
                    return result;
                });
    }

    private static Array expand(Arguments a) {
        Array x = a.array(0);
        Shape shape = Broadcast.join(x.shape(), Shape.ofLongs(a.longs(1)));
        return Broadcast.expand(x, shape, a.budget());
    }
}
