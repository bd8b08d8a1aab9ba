package dev.nightjar.engine.quantize;

import java.util.List;

/**
 * What became of a file.
 *
 * @param tensors in file order
 * @param sourceBytes size of the source, all parts together
 * @param bytes size of the file written
 */
public record QuantizationReport(List<TensorReport> tensors, long sourceBytes, long bytes) {

    /** Copies the list. */
    public QuantizationReport {
        tensors = List.copyOf(tensors);
    }
}
