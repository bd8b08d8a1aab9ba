package dev.nightjar.engine.tabular.graph.math;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** Elements in another order or another shape. */
public final class Movement {

    private Movement() {}

    /**
     * An array whose element at some index is that of another at the sum of index times step.
     *
     * @param steps one a dimension
     * @param start the element at index 0
     */
    static Array pick(Array from, Shape shape, int[] steps, int start, Budget budget) {
        Array result = budget.like(from, shape);
        int[] index = new int[shape.rank()];
        int at = start;
        for (int i = 0; i < shape.count(); i++) {
            result.copy(from, at, i, 1);
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[axis]++;
                at += steps[axis];
                if (index[axis] < shape.size(axis)) {
                    break;
                }
                at -= steps[axis] * shape.size(axis);
                index[axis] = 0;
            }
        }
        return result;
    }

    /** Dimensions in another order. */
    public static Array transpose(Array array, long[] order, Budget budget) {
        int rank = array.shape().rank();
        int[] strides = array.shape().strides();
        int[] sizes = new int[rank];
        int[] steps = new int[rank];
        boolean[] seen = new boolean[rank];
        if (order.length != rank) {
            throw new ModelFormatException(
                    "expected an order of %d dimensions, found %d".formatted(rank, order.length));
        }
        for (int i = 0; i < rank; i++) {
            int axis = array.shape().axis(order[i]);
            if (seen[axis]) {
                throw new ModelFormatException("expected each axis once, found %d".formatted(axis));
            }
            seen[axis] = true;
            sizes[i] = array.shape().size(axis);
            steps[i] = strides[axis];
        }
        return pick(array, new Shape(sizes), steps, 0, budget);
    }

    /** Arrays one after another along an axis. */
    public static Array concat(List<Array> arrays, long axis, Budget budget) {
        Array first = arrays.getFirst();
        int along = first.shape().axis(axis);
        long total = 0;
        for (Array array : arrays) {
            boolean fits =
                    array.type() == first.type()
                            && array.shape().rank() == first.shape().rank()
                            && array.shape().with(along, 0).equals(first.shape().with(along, 0));
            if (!fits) {
                throw new ModelFormatException(
                        "expected arrays that differ along axis %d only, found %s and %s"
                                .formatted(along, first.kind(), array.kind()));
            }
            total += array.shape().size(along);
        }
        Shape shape = first.shape().with(along, (int) Math.min(total, Shape.MAX_COUNT + 1L));
        Array result = budget.like(first, shape);
        int rows = shape.count(0, along);
        int width = shape.count(along, shape.rank());
        int column = 0;
        for (Array array : arrays) {
            int part = array.shape().count(along, shape.rank());
            for (int r = 0; r < rows; r++) {
                result.copy(array, r * part, r * width + column, part);
            }
            column += part;
        }
        return result;
    }

    /** Parts of an array along an axis. */
    public static List<Array> split(Array array, long axis, long[] sizes, Budget budget) {
        int along = array.shape().axis(axis);
        List<Array> parts = new ArrayList<>();
        long start = 0;
        for (long size : sizes) {
            if (size < 0 || size > array.shape().size(along) - start) {
                throw new ModelFormatException(
                        "expected parts of %d in all, found more"
                                .formatted(array.shape().size(along)));
            }
            parts.add(slice(array, along, start, start + size, 1, budget));
            start += size;
        }
        if (start != array.shape().size(along)) {
            throw new ModelFormatException(
                    "expected parts of %d in all, found %d"
                            .formatted(array.shape().size(along), start));
        }
        return parts;
    }

    /**
     * Elements from {@code start} to before {@code end} along an axis, both counted from the end if
     * negative, cut to what there is.
     */
    public static Array slice(
            Array array, long axis, long start, long end, long step, Budget budget) {
        int along = array.shape().axis(axis);
        int size = array.shape().size(along);
        if (step == 0) {
            throw new ModelFormatException("expected a step other than 0, found 0");
        }
        boolean isUp = step > 0;
        long from = bounded(start, size, isUp ? 0 : -1, isUp ? size : size - 1);
        long to = bounded(end, size, isUp ? 0 : -1, isUp ? size : size - 1);
        long span = isUp ? to - from : from - to;
        long pace = Math.min(Math.abs(Math.max(step, -Shape.MAX_COUNT)), Shape.MAX_COUNT);
        int count = (int) Math.max(0, (span + pace - 1) / pace);
        int[] steps = array.shape().strides();
        int begin = (int) from * steps[along];
        steps[along] *= count > 1 ? (int) step : 1;
        Shape shape = array.shape().with(along, count);
        return pick(array, shape, steps, shape.count() == 0 ? 0 : begin, budget);
    }

    private static long bounded(long index, int size, long low, long high) {
        long counted = index < 0 && index > Long.MIN_VALUE ? index + size : index;
        return Math.clamp(counted, low, high);
    }
}
