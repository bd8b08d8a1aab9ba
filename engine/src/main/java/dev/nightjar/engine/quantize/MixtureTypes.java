package dev.nightjar.engine.quantize;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The types that a mixture gives to the tensors of a model, by name and shape alone. Tensors that
 * stay as they are (norms, biases, routers) have none.
 */
public final class MixtureTypes {

    private final Map<String, Shape> tensors;
    private final MixtureRules rules;
    private final Map<TensorRole, TreeSet<Integer>> layers = new EnumMap<>(TensorRole.class);

    /**
     * Looks at all tensors at once, as a type may depend on how many there are of a kind.
     *
     * @param tensors shapes by the names of GGUF
     */
    public MixtureTypes(Mixture mixture, ModelTraits traits, Map<String, Shape> tensors) {
        this.tensors = tensors;
        rules = new MixtureRules(mixture, traits);
        tensors.forEach(
                (name, shape) ->
                        TensorRole.layer(name)
                                .ifPresent(layer -> layersOf(role(name, shape)).add(layer)));
    }

    /** All tensors by their names alone, none of which is a vector where that matters. */
    static MixtureTypes byName(Mixture mixture, ModelTraits traits, Set<String> names) {
        Shape matrix = new Shape(1, 1);
        return new MixtureTypes(
                mixture, traits, names.stream().collect(Collectors.toMap(n -> n, n -> matrix)));
    }

    /**
     * The type of a tensor that the constructor was told about; empty if it keeps its own.
     *
     * @throws IllegalArgumentException if there is no tensor of this name
     */
    public Optional<DType> of(String name) {
        Shape shape = tensors.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("there is no tensor " + name);
        }
        return of(name, shape);
    }

    /** The type of a tensor of this shape; empty if it keeps its own. */
    Optional<DType> of(String name, Shape shape) {
        TensorRole role = role(name, shape);
        if (role == TensorRole.PLAIN) {
            return Optional.empty();
        }
        TreeSet<Integer> all = layersOf(role);
        int layer = TensorRole.layer(name).orElse(0);
        var position =
                new MixtureRules.Position(all.headSet(layer).size(), Math.max(1, all.size()));
        return Optional.of(MixtureRules.fitting(rules.type(role, shape, position), shape));
    }

    private TreeSet<Integer> layersOf(TensorRole role) {
        return layers.computeIfAbsent(role, key -> new TreeSet<>());
    }

    private static TensorRole role(String name, Shape shape) {
        return TensorRole.of(name, shape.rank());
    }
}
