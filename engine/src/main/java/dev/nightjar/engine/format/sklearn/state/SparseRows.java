package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import java.util.Optional;

/**
 * A matrix of scipy in compressed rows: row r has {@code data[indptr[r] … indptr[r + 1])} in the
 * columns that {@code indices} says.
 */
final class SparseRows {
    private static final int MAX_ELEMENTS = 1 << 28;

    private final PickledObject matrix;
    private final int numRows;
    private final int numColumns;

    private SparseRows(PickledObject matrix) {
        this.matrix = matrix;
        int[] shape = matrix.integers("_shape", matrix.value("_shape"), 0, MAX_ELEMENTS);
        if (shape.length != 2 || (long) shape[0] * shape[1] > MAX_ELEMENTS) {
            throw matrix.error("_shape", "expected rows and columns, not too many, found others");
        }
        numRows = shape[0];
        numColumns = shape[1];
    }

    /** Takes a value for such a matrix, if it is one. */
    static Optional<SparseRows> of(Source source, PickleValue value) {
        boolean isOne =
                value instanceof PickleCall && !NumpyArray.isArray(value) && isRows(source, value);
        return isOne
                ? Optional.of(new SparseRows(PickledObject.of(source, value)))
                : Optional.empty();
    }

    private static boolean isRows(Source source, PickleValue value) {
        String name = PickledObject.of(source, value).className();
        return name.equals("csr_matrix") || name.equals("csr_array");
    }

    int numColumns() {
        return numColumns;
    }

    /** All elements, row by row. */
    double[] dense(Source source) {
        double[] data = matrix.array("data").numbers();
        int[] columns =
                matrix.integers("indices", matrix.value("indices"), 0, Math.max(0, numColumns - 1));
        int[] starts = matrix.integers("indptr", matrix.value("indptr"), 0, data.length);
        if (starts.length != numRows + 1 || columns.length != data.length || numColumns == 0) {
            throw matrix.error("indptr", "expected rows of a sparse matrix, found others");
        }
        source.charge(8L * numRows * numColumns);
        double[] all = new double[numRows * numColumns];
        for (int r = 0; r < numRows; r++) {
            for (int i = starts[r]; i < starts[r + 1]; i++) {
                all[r * numColumns + columns[i]] += data[i];
            }
        }
        return all;
    }
}
