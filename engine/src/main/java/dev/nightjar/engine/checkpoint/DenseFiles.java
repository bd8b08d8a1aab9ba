package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.TensorFile;
import dev.nightjar.engine.format.folder.WeightFiles;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of projections behind a pooling, each in a folder of its own as {@code linear.weight}
 * and {@code linear.bias}. It owns the files.
 */
final class DenseFiles implements AutoCloseable {

    private static final String PREFIX = "linear.";

    private final List<TensorFile> files = new ArrayList<>();
    private final Map<String, LazyTensor> tensors = new LinkedHashMap<>();

    private DenseFiles() {}

    /**
     * Opens them.
     *
     * @param folders by the name that the tensors get in front
     * @throws ModelFormatException if a file is missing, damaged, or holds other tensors
     */
    static DenseFiles open(Map<String, Path> folders) {
        DenseFiles all = new DenseFiles();
        try {
            folders.forEach(all::add);
            return all;
        } catch (RuntimeException | Error failure) {
            all.close();
            throw failure;
        }
    }

    private void add(String name, Path folder) {
        TensorFile file = WeightFiles.open(folder);
        files.add(file);
        for (String tensorName : file.tensorNames()) {
            if (!tensorName.startsWith(PREFIX)) {
                throw new ModelFormatException(
                        "%s: expected tensors linear.weight and linear.bias, found %s"
                                .formatted(file.name(), tensorName));
            }
            Tensor tensor = file.tensor(tensorName).orElseThrow();
            tensors.put(
                    name + "." + tensorName.substring(PREFIX.length()),
                    plainVector(LazyTensor.of(tensor)));
        }
    }

    /** Biases are small, and the ops take them as F32. */
    private static LazyTensor plainVector(LazyTensor tensor) {
        return tensor.shape().rank() == 1 ? tensor.floats() : tensor;
    }

    /** The tensors by their new names; views of the files. */
    Map<String, LazyTensor> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        files.forEach(TensorFile::close);
        files.clear();
    }
}
