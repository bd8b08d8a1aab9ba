package dev.nightjar.engine.format;

import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

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
        Optional<Tensor> tensor = source.tensor(fullName, expected);
        tensor.ifPresent(found -> requireShape(fullName, expected, found.shape()));
        return tensor;
    }

    /** Whether there is a weight of this name; asking counts as use. */
    public boolean contains(String name) {
        asked.add(prefix + name);
        return source.tensor(prefix + name).isPresent();
    }

    /** Says that the weight of this name, if there is one, is left alone on purpose. */
    public void ignore(String name) {
        asked.add(prefix + name);
    }

    /** Says that all weights of this map are left alone on purpose. */
    public void ignoreAll() {
        source.tensorNames().stream().filter(name -> name.startsWith(prefix)).forEach(asked::add);
    }

    /**
     * The matrices {@code [rows, cols]} of all experts, by index. They are one tensor {@code
     * [experts, rows, cols]} called {@code X_exps.weight}, or, in older files, tensors of their own
     * called {@code X.0.weight}, {@code X.1.weight}, ….
     *
     * @param name ends in {@code _exps.weight}
     * @throws MissingTensorException if there are neither
     * @throws ModelFormatException if one has another shape
     */
    public List<Tensor> experts(String name, int numExperts, long rows, long cols) {
        String single = name.replace("_exps.weight", ".%d.weight");
        if (!contains(name) && contains(single.formatted(0))) {
            return IntStream.range(0, numExperts)
                    .mapToObj(e -> matrix(single.formatted(e), rows, cols))
                    .toList();
        }
        return slices(name, numExperts, rows, cols);
    }

    /**
     * The matrices of a tensor {@code [count, rows, cols]}; a single one may lack the first
     * dimension. Throws as {@link #matrix} does.
     */
    public List<Tensor> slices(String name, int count, long rows, long cols) {
        boolean isFlat =
                count == 1
                        && source.tensor(prefix + name)
                                .filter(t -> t.shape().rank() == 2)
                                .isPresent();
        Tensor stacked = isFlat ? matrix(name, rows, cols) : tensor(name, count, rows, cols);
        return IntStream.range(0, count).mapToObj(i -> stacked.rows(i * rows, rows)).toList();
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
