package dev.nightjar.engine.tabular.graph.math;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Shape;
import java.util.Arrays;

/** Products of matrices, summed in double. */
public final class Products {

    private Products() {}

    /**
     * {@code a [.., M, K] · b [.., K, N]}, dimensions before the last two broadcast; a vector is a
     * row before, a column behind.
     */
    public static NumberArray matmul(NumberArray a, NumberArray b, Budget budget) {
        if (a.shape().rank() == 0 || b.shape().rank() == 0) {
            throw new ModelFormatException("expected matrices, found single numbers");
        }
        boolean isRow = a.shape().rank() == 1;
        boolean isColumn = b.shape().rank() == 1;
        NumberArray left = isRow ? a.reshaped(new Shape(1, a.shape().size(0))) : a;
        NumberArray right = isColumn ? b.reshaped(new Shape(b.shape().size(0), 1)) : b;
        int k = left.shape().lastSize();
        int m = left.shape().size(left.shape().rank() - 2);
        int n = right.shape().lastSize();
        if (right.shape().size(right.shape().rank() - 2) != k) {
            throw new ModelFormatException(
                    "expected matrices that fit, found %s and %s".formatted(a.shape(), b.shape()));
        }
        Shape outer = Broadcast.join(outer(left.shape()), outer(right.shape()));
        double[] x = ((NumberArray) Broadcast.expand(left, with(outer, m, k), budget)).numbers();
        double[] y = ((NumberArray) Broadcast.expand(right, with(outer, k, n), budget)).numbers();
        NumberArray result = budget.numbers(a.type(), with(outer, m, n));
        for (int i = 0; i < outer.count(); i++) {
            multiply(x, i * m * k, y, i * k * n, result, i * m * n, m, k, n, budget);
        }
        return result.reshaped(without(result.shape(), isRow, isColumn));
    }

    private static Shape outer(Shape shape) {
        return new Shape(Arrays.copyOf(shape.sizes(), shape.rank() - 2));
    }

    private static Shape with(Shape outer, int rows, int columns) {
        int[] sizes = Arrays.copyOf(outer.sizes(), outer.rank() + 2);
        sizes[outer.rank()] = rows;
        sizes[outer.rank() + 1] = columns;
        return new Shape(sizes);
    }

    private static Shape without(Shape shape, boolean isRow, boolean isColumn) {
        int rank = shape.rank();
        int[] sizes = new int[rank - (isRow ? 1 : 0) - (isColumn ? 1 : 0)];
        int at = 0;
        for (int i = 0; i < rank; i++) {
            if (!(i == rank - 2 && isRow) && !(i == rank - 1 && isColumn)) {
                sizes[at++] = shape.size(i);
            }
        }
        return new Shape(sizes);
    }

    private static void multiply(
            double[] a,
            int atA,
            double[] b,
            int atB,
            NumberArray result,
            int at,
            int m,
            int k,
            int n,
            Budget budget) {
        budget.spend((long) m * k * n / 64);
        double[] sums = new double[n];
        for (int i = 0; i < m; i++) {
            Arrays.fill(sums, 0);
            for (int j = 0; j < k; j++) {
                double factor = a[atA + i * k + j];
                int row = atB + j * n;
                for (int c = 0; c < n; c++) {
                    sums[c] += factor * b[row + c];
                }
            }
            for (int c = 0; c < n; c++) {
                result.numbers()[at + i * n + c] = result.type().round(sums[c]);
            }
        }
    }

    /** Pairwise distances, {@code a [M, K], b [N, K] → [M, N]}, squared or not. */
    public static NumberArray distances(
            NumberArray a, NumberArray b, boolean isSquared, Budget budget) {
        if (a.shape().rank() != 2
                || b.shape().rank() != 2
                || a.shape().size(1) != b.shape().size(1)) {
            throw new ModelFormatException(
                    "expected two matrices of as many columns, found %s and %s"
                            .formatted(a.shape(), b.shape()));
        }
        int m = a.shape().size(0);
        int n = b.shape().size(0);
        int k = a.shape().size(1);
        budget.spend((long) m * n * k / 64);
        NumberArray result = budget.numbers(a.type(), new Shape(m, n));
        for (int i = 0; i < m * n; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                double d = a.numbers()[i / n * k + j] - b.numbers()[i % n * k + j];
                sum += d * d;
            }
            result.numbers()[i] = a.type().round(isSquared ? sum : Math.sqrt(sum));
        }
        return result;
    }
}
