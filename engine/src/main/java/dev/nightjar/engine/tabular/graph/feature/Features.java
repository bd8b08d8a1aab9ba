package dev.nightjar.engine.tabular.graph.feature;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Shape;
import java.util.List;

/** Functions of rows of features; the last dimension is that of features. */
public final class Features {

    private Features() {}

    /** The number for a feature, of one a feature or one for all. */
    private static double of(double[] values, int feature, int width) {
        if (values.length != 1 && values.length != width) {
            throw new ModelFormatException(
                    "expected 1 or %d numbers for %d features, found %d"
                            .formatted(width, width, values.length));
        }
        return values[values.length == 1 ? 0 : feature];
    }

    /** Each feature less an offset, times a factor; in float. */
    public static NumberArray scale(NumberArray x, double[] offset, double[] scale, Budget budget) {
        NumberArray result = budget.numbers(ElementType.FLOAT, x.shape());
        int width = x.shape().lastSize();
        for (int i = 0; i < result.numbers().length; i++) {
            float moved = (float) ((float) x.numbers()[i] - of(offset, i % width, width));
            result.numbers()[i] = (float) (moved * of(scale, i % width, width));
        }
        return result;
    }

    /** Features with one number, or NaN, replaced. */
    public static NumberArray impute(NumberArray x, double missing, double[] fill, Budget budget) {
        NumberArray result = budget.numbers(x.type(), x.shape());
        int width = x.shape().lastSize();
        for (int i = 0; i < result.numbers().length; i++) {
            double value = x.numbers()[i];
            boolean isMissing = Double.isNaN(missing) ? Double.isNaN(value) : value == missing;
            result.numbers()[i] = isMissing ? x.type().round(of(fill, i % width, width)) : value;
        }
        return result;
    }

    /** Rows divided by their norm, where that is not 0; in float. */
    public static NumberArray normalize(NumberArray x, Norm norm, Budget budget) {
        NumberArray result = budget.numbers(ElementType.FLOAT, x.shape());
        int width = x.shape().lastSize();
        for (int from = 0; from < result.numbers().length; from += width) {
            double divisor = norm.of(x.numbers(), from, width);
            for (int i = from; i < from + width; i++) {
                result.numbers()[i] = (float) (x.numbers()[i] / (divisor == 0 ? 1 : divisor));
            }
        }
        return result;
    }

    /** Chosen features. */
    public static Array extract(Array x, NumberArray indices, Budget budget) {
        if (x.shape().rank() == 0) {
            throw new ModelFormatException("expected rows of features, found one number");
        }
        int width = x.shape().lastSize();
        int count = indices.numbers().length;
        int rows = width == 0 ? 0 : x.shape().count() / width;
        Shape shape =
                x.shape().rank() == 1
                        ? new Shape(1, count)
                        : x.shape().with(x.shape().rank() - 1, count);
        Array result = budget.like(x, shape);
        for (int j = 0; j < count; j++) {
            double from = indices.numbers()[j];
            if (!(from >= 0 && from < width)) {
                throw new ModelFormatException(
                        "expected an index of %d features, found %.0f".formatted(width, from));
            }
            for (int r = 0; r < rows; r++) {
                result.copy(x, r * width + (int) from, r * count + j, 1);
            }
        }
        return result;
    }

    /** Inputs side by side, each cut or filled with zeros to its width; in float. */
    public static NumberArray vectorize(List<NumberArray> inputs, long[] widths, Budget budget) {
        int rows = rows(inputs.getFirst());
        long total = 0;
        for (long width : widths) {
            total += Math.clamp(width, 0, Shape.MAX_COUNT);
        }
        Shape shape = Shape.ofLongs(rows, total);
        NumberArray result = budget.numbers(ElementType.FLOAT, shape);
        int column = 0;
        for (int k = 0; k < inputs.size(); k++) {
            NumberArray input = inputs.get(k);
            if (rows(input) != rows) {
                throw new ModelFormatException(
                        "expected inputs of %d rows, found %s".formatted(rows, input.kind()));
            }
            int width = (int) widths[k];
            int found = input.shape().lastSize();
            for (int i = 0; i < rows * Math.min(width, found); i++) {
                int row = i / Math.min(width, found);
                int at = i % Math.min(width, found);
                result.numbers()[row * (int) total + column + at] =
                        (float) input.numbers()[row * found + at];
            }
            column += width;
        }
        return result;
    }

    private static int rows(NumberArray x) {
        return x.shape().rank() < 2 ? 1 : x.shape().size(0);
    }
}
