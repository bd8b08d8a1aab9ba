package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;

/**
 * Matrices of equal row length one below the other, used in the memory of their checkpoint.
 *
 * @param parts top to bottom
 * @param rows rows of all parts
 * @param cols elements per row
 */
public record MatrixWeight(List<Part> parts, int rows, int cols) implements CpuWeight {

    /**
     * One matrix.
     *
     * @param tensor {@code [rows, cols]}
     * @param format the layout of its rows
     * @param firstRow row of the whole weight where this part begins
     */
    public record Part(Tensor tensor, BlockFormat format, int firstRow) {

        /** Rows of this part. */
        public int rows() {
            return (int) tensor.shape().rows();
        }
    }

    @Override
    public long extraBytes() {
        return 0;
    }
}
