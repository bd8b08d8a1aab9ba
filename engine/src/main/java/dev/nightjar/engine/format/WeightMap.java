package dev.nightjar.engine.format;

import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The weights of a checkpoint by name, each handed out only if its shape is what the model expects.
 * A map made by {@link #sub} sees the names under a prefix; all maps of one file share the record
 * of what was asked for, so that {@link #unused} can report weights that no code knows.
 *
 * <p>Tensors are views of the file and die with it. Safe for use by several threads.
 */
public final class WeightMap {
    private final TensorSource source;
    private final String prefix;
    private final Set<String> asked;

    private WeightMap(TensorSource source, String prefix, Set<String> asked) {
        this.source = source;
        this.prefix = prefix;
        this.asked = asked;
    }

    /** All weights of a checkpoint. */
    public static WeightMap of(TensorSource source) {
        return new WeightMap(source, "", ConcurrentHashMap.newKeySet());
    }

    /** The weights whose names begin with {@code name} and a dot, seen without them. */
    public WeightMap sub(String name) {
        return new WeightMap(source, prefix + name + ".", asked);
    }

    /**
     * A weight {@code [rows, cols]}.
     *
     * @throws MissingTensorException if there is none of this name
     * @throws ModelFormatException if it has another shape
     */
    public Tensor matrix(String name, long rows, long cols) {
        return tensor(name, rows, cols);
    }

    /** A weight {@code [length]}; throws as {@link #matrix} does. */
    public Tensor vector(String name, long length) {
        return tensor(name, length);
    }

    /** A weight of any rank, outermost dimension first; throws as {@link #matrix} does. */
    public Tensor tensor(String name, long... dims) {
        return optionalTensor(name, dims)
                .orElseThrow(
                        () ->
                                new MissingTensorException(
                                        source.name(),
                                        prefix + name,
                                        new Shape(dims).toString(),
                                        NearNames.of(prefix + name, source.tensorNames())));
    }

    /** A weight {@code [rows, cols]}, or empty if there is none of this name. */
    public Optional<Tensor> optionalMatrix(String name, long rows, long cols) {
        return optionalTensor(name, rows, cols);
    }

    /** A weight {@code [length]}, or empty if there is none of this name. */
    public Optional<Tensor> optionalVector(String name, long length) {
        return optionalTensor(name, length);
    }

    /**
     * A weight of any rank, or empty if there is none of this name.
     *
     * @throws ModelFormatException if it has another shape
     */
    public Optional<Tensor> optionalTensor(String name, long... dims) {
        String fullName = prefix + name;
        asked.add(fullName);
        Shape expected = new Shape(dims);
        Optional<Tensor> tensor = source.tensor(fullName);
        tensor.ifPresent(found -> requireShape(fullName, expected, found.shape()));
        return tensor;
    }

    /**
     * Full names of all weights of the checkpoint that no map of it was asked for, in file order.
     */
    public List<String> unused() {
        return source.tensorNames().stream().filter(name -> !asked.contains(name)).toList();
    }

    private void requireShape(String name, Shape expected, Shape found) {
        if (!found.equals(expected)) {
            throw new ModelFormatException(
                    "%s: tensor %s: expected shape %s, found %s; do the weights belong to this configuration?"
                            .formatted(source.name(), name, expected, found));
        }
    }
}
