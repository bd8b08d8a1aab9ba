package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Weight;
import java.util.List;

/**
 * Matrices one below the other on the device, each in its own block format; or those of several
 * experts of equal shape.
 *
 * @param parts top to bottom
 * @param rows rows of all parts, of one expert
 * @param cols elements per row
 * @param numExperts 0 for a plain matrix
 */
record CudaMatrix(List<Part> parts, int rows, int cols, int numExperts) implements Weight {

    /**
     * One matrix, or that of each expert one after the other.
     *
     * @param format suffix of its kernels
     * @param address of its first row
     * @param rowBytes bytes of a row
     * @param rows rows of an expert
     * @param firstRow row of the whole weight where this part begins
     */
    record Part(String format, long address, long rowBytes, int rows, int firstRow) {}

    boolean isOfExperts() {
        return numExperts > 0;
    }

    @Override
    public long extraBytes() {
        long rowBytes = parts.stream().mapToLong(part -> part.rowBytes * part.rows).sum();
        return rowBytes * Math.max(1, numExperts);
    }
}
