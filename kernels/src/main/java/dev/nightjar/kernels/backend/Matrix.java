package dev.nightjar.kernels.backend;

/**
 * A strided view on a buffer: row {@code t} holds {@code cols} elements from {@code offset + t *
 * rowStride} on. Views are made once, with the workspace; the number of rows in use is an argument
 * of each op. A fused projection {@code [T, Q + K + V]} is three such views on one buffer.
 *
 * @param buffer the memory
 * @param offset element offset of row 0
 * @param rowStride elements from one row to the next, at least {@code cols}
 * @param cols elements per row
 */
public record Matrix(DeviceBuffer buffer, long offset, int rowStride, int cols) {

    /** Checks the geometry. */
    public Matrix {
        if (offset < 0 || cols <= 0 || rowStride < cols) {
            throw new IllegalArgumentException(
                    "a matrix needs offset >= 0 and rowStride >= cols > 0, found offset %d,"
                                    .formatted(offset)
                            + " rowStride %d, cols %d".formatted(rowStride, cols));
        }
    }

    /** The whole buffer as rows of {@code cols}. */
    public static Matrix of(DeviceBuffer buffer, int cols) {
        return new Matrix(buffer, 0, cols, cols);
    }

    /** Columns {@code [from, from + count)} of every row. */
    public Matrix columns(int from, int count) {
        if (from < 0 || from + count > cols) {
            throw new IllegalArgumentException(
                    "columns [%d, %d) of a matrix with %d columns"
                            .formatted(from, from + count, cols));
        }
        return new Matrix(buffer, offset + from, rowStride, count);
    }

    /** How many rows fit into the buffer. */
    public long maxRows() {
        return Math.max(0, (buffer.capacity() - offset - cols) / rowStride + 1);
    }
}
