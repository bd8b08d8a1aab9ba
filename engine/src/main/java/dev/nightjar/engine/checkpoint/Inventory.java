package dev.nightjar.engine.checkpoint;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in the files of a checkpoint, under the names that stand there.
 *
 * @param format name and version of the file format
 * @param fileBytes size of all files together
 * @param numFiles number of files
 * @param metadata keys and their values as text, in order
 * @param tensors in order
 */
public record Inventory(
        String format,
        long fileBytes,
        int numFiles,
        Map<String, String> metadata,
        List<Item> tensors) {

    /** Copies the collections. */
    public Inventory {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /**
     * One tensor.
     *
     * @param name in the file
     * @param dtype element or block type
     * @param shape outermost dimension first
     * @param bytes size of the elements
     */
    public record Item(String name, DType dtype, Shape shape, long bytes) {}
}
