package dev.nightjar.engine.quantize;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

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
