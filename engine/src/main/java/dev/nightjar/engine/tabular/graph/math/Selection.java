package dev.nightjar.engine.tabular.graph.math;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.Value;
import java.util.List;
import java.util.PriorityQueue;

/** Elements chosen by index, and indices chosen by value. */
public final class Selection {

    private Selection() {}

    /** An index counted from 0, of one that may be counted from the end. */
    private static int index(double index, int size) {
        if (!(index >= -size && index < size)) {
            throw new ModelFormatException(
                    "expected an index of %d elements, found %.0f".formatted(size, index));
        }
        return (int) (index < 0 ? index + size : index);
    }

    /** Slices along an axis: its dimension becomes those of the indices. */
    public static Array gather(Array data, NumberArray indices, long axis, Budget budget) {
        Shape shape = data.shape();
        int along = shape.axis(axis);
        int rank = shape.rank() - 1 + indices.shape().rank();
        int[] sizes = new int[rank];
        for (int i = 0; i < rank; i++) {
            int inner = i - along;
            sizes[i] =
                    inner < 0
                            ? shape.size(i)
                            : inner < indices.shape().rank()
                                    ? indices.shape().size(inner)
                                    : shape.size(i - indices.shape().rank() + 1);
        }
        Array result = budget.like(data, new Shape(sizes));
        int count = indices.numbers().length;
        int width = shape.count(along + 1, shape.rank());
        for (int o = 0; o < shape.count(0, along); o++) {
            for (int j = 0; j < count; j++) {
                int at = index(indices.numbers()[j], shape.size(along));
                result.copy(
                        data, (o * shape.size(along) + at) * width, (o * count + j) * width, width);
            }
        }
        return result;
    }

    /** One element for each index, whose place stands for all other dimensions. */
    public static Array gatherElements(Array data, NumberArray indices, long axis, Budget budget) {
        Shape shape = data.shape();
        Shape wanted = indices.shape();
        int along = shape.axis(axis);
        boolean fits = wanted.rank() == shape.rank();
        for (int i = 0; fits && i < wanted.rank(); i++) {
            fits = i == along || wanted.size(i) <= shape.size(i);
        }
        if (!fits) {
            throw new ModelFormatException(
                    "expected indices within %s, found shape %s".formatted(shape, wanted));
        }
        Array result = budget.like(data, wanted);
        int[] steps = shape.strides();
        int[] strides = wanted.strides();
        for (int i = 0; i < wanted.count(); i++) {
            int at = index(indices.numbers()[i], shape.size(along)) * steps[along];
            for (int d = 0; d < steps.length; d++) {
                at += d == along ? 0 : i / strides[d] % wanted.size(d) * steps[d];
            }
            result.copy(data, at, i, 1);
        }
        return result;
    }

    /** The place of the largest or smallest number along an axis. */
    public static NumberArray extreme(
            NumberArray x, int along, boolean isMax, boolean isLast, Budget budget) {
        Shape shape = x.shape();
        int size = shape.size(along);
        if (size == 0) {
            throw new ModelFormatException(
                    "expected elements along axis " + along + ", found none");
        }
        int inner = shape.count(along + 1, shape.rank());
        NumberArray result = budget.numbers(ElementType.INT64, shape.with(along, 1));
        for (int i = 0; i < result.numbers().length; i++) {
            int start = i / inner * size * inner + i % inner;
            int best = 0;
            for (int j = 1; j < size; j++) {
                double a = x.numbers()[start + j * inner];
                double b = x.numbers()[start + best * inner];
                boolean isBetter = isMax ? a > b : a < b;
                best = isBetter || isLast && a == b ? j : best;
            }
            result.numbers()[i] = best;
        }
        return result;
    }

    /** The {@code k} largest or smallest numbers along an axis, in order, and their places. */
    public static List<Value> top(
            NumberArray x, double k, long axis, boolean isLargest, Budget budget) {
        int along = x.shape().axis(axis);
        int size = x.shape().size(along);
        if (!(k >= 0 && k <= size)) {
            throw new ModelFormatException(
                    "expected 0 to %d elements along axis %d, found %.0f"
                            .formatted(size, along, k));
        }
        int inner = x.shape().count(along + 1, x.shape().rank());
        Shape shape = x.shape().with(along, (int) k);
        NumberArray values = budget.numbers(x.type(), shape);
        NumberArray places = budget.numbers(ElementType.INT64, shape);
        budget.spend(x.numbers().length);
        for (int i = 0; i < x.shape().count(0, along) * inner && k > 0; i++) {
            int start = i / inner * size * inner + i % inner;
            int to = i / inner * (int) k * inner + i % inner;
            int[] best = best(x.numbers(), start, inner, size, (int) k, isLargest);
            for (int j = 0; j < best.length; j++) {
                values.numbers()[to + j * inner] = x.numbers()[start + best[j] * inner];
                places.numbers()[to + j * inner] = best[j];
            }
        }
        return List.of(values, places);
    }

    /** The first of equals comes first. */
    private static int[] best(
            double[] x, int start, int inner, int size, int k, boolean isLargest) {
        PriorityQueue<Integer> kept =
                new PriorityQueue<>(
                        (a, b) -> {
                            double p = x[start + a * inner];
                            double q = x[start + b * inner];
                            int order = isLargest ? Double.compare(p, q) : Double.compare(q, p);
                            return p == q || order == 0 ? Integer.compare(b, a) : order;
                        });
        for (int j = 0; j < size; j++) {
            kept.add(j);
            if (kept.size() > k) {
                kept.remove();
            }
        }
        int[] best = new int[k];
        for (int j = k - 1; j >= 0; j--) {
            best[j] = kept.remove();
        }
        return best;
    }

    /** One value at the place that each index names, another elsewhere, along a new axis. */
    public static Array oneHot(
            NumberArray indices, double depth, Array offOn, long axis, Budget budget) {
        if (!(depth >= 0 && depth <= Shape.MAX_COUNT) || offOn.shape().count() != 2) {
            throw new ModelFormatException(
                    "expected a depth and two values, found %.0f and %s"
                            .formatted(depth, offOn.kind()));
        }
        int size = (int) depth;
        Shape shape = indices.shape();
        int along = Shape.axis(axis, shape.rank() + 1);
        int[] sizes = new int[shape.rank() + 1];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = i < along ? shape.size(i) : i == along ? size : shape.size(i - 1);
        }
        Array result = budget.like(offOn, new Shape(sizes));
        int inner = shape.count(along, shape.rank());
        for (int i = 0; i < result.shape().count(); i++) {
            int row = i / (inner * size) * inner + i % inner;
            double chosen = indices.numbers()[row];
            boolean isOn = (chosen < 0 ? chosen + size : chosen) == i / inner % size;
            result.copy(offOn, isOn ? 1 : 0, i, 1);
        }
        return result;
    }
}
