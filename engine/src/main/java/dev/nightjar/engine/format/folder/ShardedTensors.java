package dev.nightjar.engine.format.folder;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.TensorFile;
import dev.nightjar.kernels.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The tensors of several files as an index distributes them. */
final class ShardedTensors implements TensorFile {

    private final String name;
    private final Map<String, TensorFile> byTensor = new LinkedHashMap<>();
    private final List<TensorFile> files;

    private ShardedTensors(String name, List<TensorFile> files) {
        this.name = name;
        this.files = files;
    }

    /**
     * Opens all files of an index.
     *
     * @throws ModelFormatException if one is damaged or lacks a tensor that the index promises
     */
    static ShardedTensors open(Path index, Function<Path, TensorFile> opener) {
        Map<String, Path> paths = ShardIndex.read(index);
        Map<Path, TensorFile> opened = new LinkedHashMap<>();
        try {
            paths.values().forEach(path -> opened.computeIfAbsent(path, opener));
            ShardedTensors all = new ShardedTensors(index.toString(), List.copyOf(opened.values()));
            paths.forEach((tensor, path) -> all.add(tensor, opened.get(path)));
            return all;
        } catch (RuntimeException | Error e) {
            opened.values().forEach(TensorFile::close);
            throw e;
        }
    }

    private void add(String tensor, TensorFile file) {
        if (!file.tensorNames().contains(tensor)) {
            throw new ModelFormatException(
                    "%s: weight_map.%s: expected the tensor in %s, which does not hold it"
                            .formatted(name, tensor, file.name()));
        }
        byTensor.put(tensor, file);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> tensorNames() {
        return Collections.unmodifiableSet(byTensor.keySet());
    }

    @Override
    public Optional<Tensor> tensor(String tensorName) {
        return Optional.ofNullable(byTensor.get(tensorName))
                .flatMap(file -> file.tensor(tensorName));
    }

    @Override
    public long fileBytes() {
        return files.stream().mapToLong(TensorFile::fileBytes).sum();
    }

    @Override
    public int numFiles() {
        return files.size();
    }

    @Override
    public void close() {
        files.forEach(TensorFile::close);
    }
}
