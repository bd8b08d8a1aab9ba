package dev.nightjar.engine.tabular.graph.math;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.TextArray;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of elements. Shapes are aligned at their last dimensions; a size of 1 is repeated to
 * fit the other's.
 */
public final class Broadcast {

    private Broadcast() {}

    /** A function of each number, rounded to the type of the result. */
    public static NumberArray map(
            NumberArray x, ElementType type, DoubleUnaryOperator function, Budget budget) {
        NumberArray result = budget.numbers(type, x.shape());
        double[] from = x.numbers();
        double[] to = result.numbers();
        for (int i = 0; i < to.length; i++) {
            to[i] = type.round(function.applyAsDouble(from[i]));
        }
        return result;
    }

    /** A function of each pair of numbers, rounded to the type of the result. */
    public static NumberArray combine(
            NumberArray a,
            NumberArray b,
            ElementType type,
            DoubleBinaryOperator function,
            Budget budget) {
        Shape shape = join(a.shape(), b.shape());
        NumberArray result = budget.numbers(type, shape);
        double[] x = ((NumberArray) expand(a, shape, budget)).numbers();
        double[] y = ((NumberArray) expand(b, shape, budget)).numbers();
        double[] to = result.numbers();
        for (int i = 0; i < to.length; i++) {
            to[i] = type.round(function.applyAsDouble(x[i], y[i]));
        }
        return result;
    }

    /** Whether each pair of elements, numbers or text, is equal. */
    public static NumberArray equal(Array a, Array b, Budget budget) {
        if (a instanceof NumberArray x && b instanceof NumberArray y) {
            return combine(x, y, ElementType.BOOL, (p, q) -> p == q ? 1 : 0, budget);
        }
        if (!(a instanceof TextArray) || !(b instanceof TextArray)) {
            throw new ModelFormatException("expected arrays of one type, found numbers and text");
        }
        Shape shape = join(a.shape(), b.shape());
        String[] x = ((TextArray) expand(a, shape, budget)).texts();
        String[] y = ((TextArray) expand(b, shape, budget)).texts();
        NumberArray result = budget.numbers(ElementType.BOOL, shape);
        for (int i = 0; i < x.length; i++) {
            result.numbers()[i] = x[i].equals(y[i]) ? 1 : 0;
        }
        return result;
    }

    /** Elements of one array where a condition holds, of another elsewhere. */
    public static Array where(NumberArray condition, Array yes, Array no, Budget budget) {
        if (yes.type() != no.type()) {
            throw new ModelFormatException(
                    "expected arrays of one type, found %s and %s"
                            .formatted(yes.type(), no.type()));
        }
        Shape shape = join(join(condition.shape(), yes.shape()), no.shape());
        double[] chosen = ((NumberArray) expand(condition, shape, budget)).numbers();
        Array whole = expand(yes, shape, budget);
        Array other = expand(no, shape, budget);
        Array result = budget.like(yes, shape);
        for (int i = 0; i < chosen.length; i++) {
            result.copy(chosen[i] != 0 ? whole : other, i, i, 1);
        }
        return result;
    }

    /** The shape that two shapes broadcast to. */
    public static Shape join(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        int[] sizes = new int[rank];
        for (int i = 0; i < rank; i++) {
            int x = size(a, rank, i);
            int y = size(b, rank, i);
            if (x != y && x != 1 && y != 1) {
                throw new ModelFormatException(
                        "expected shapes that broadcast, found %s and %s".formatted(a, b));
            }
            sizes[i] = x == 1 ? y : x;
        }
        return new Shape(sizes);
    }

    private static int size(Shape shape, int rank, int i) {
        int axis = i - (rank - shape.rank());
        return axis < 0 ? 1 : shape.size(axis);
    }

    /** An array repeated to a shape that it broadcasts to; the array itself if it has the shape. */
    public static Array expand(Array array, Shape shape, Budget budget) {
        if (array.shape().equals(shape)) {
            return array;
        }
        if (array.shape().count() == shape.count()) {
            return array.reshaped(shape);
        }
        int[] steps = new int[shape.rank()];
        int[] strides = array.shape().strides();
        int before = shape.rank() - array.shape().rank();
        for (int i = Math.max(0, before); i < steps.length; i++) {
            steps[i] = array.shape().size(i - before) == 1 ? 0 : strides[i - before];
        }
        return Movement.pick(array, shape, steps, 0, budget);
    }
}
