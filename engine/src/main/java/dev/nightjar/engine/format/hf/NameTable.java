package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.lazy.LazyTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which tensor of a family is which of those that its architecture asks for, and how it has to be
 * laid out. Names that the table does not know keep their name, so that whoever loads the model can
 * tell that nothing asked for them. Made by a {@link NameTableBuilder}.
 */
public final class NameTable {

    private final NameTableBuilder rules;

    NameTable(NameTableBuilder rules) {
        this.rules = rules;
    }

    /** Starts an empty table. */
    public static NameTableBuilder builder() {
        return new NameTableBuilder();
    }

    /**
     * The tensors under the names of the architecture.
     *
     * @param file for errors
     * @throws ModelFormatException if a tensor does not have the shape that its layout needs, or
     *     two mean the same
     */
    public Map<String, LazyTensor> apply(String file, Map<String, LazyTensor> tensors) {
        Map<String, LazyTensor> result = new LinkedHashMap<>();
        Map<String, TreeMap<Integer, LazyTensor>> stacks = new TreeMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    NamePattern.Match match = NamePattern.match(withoutPrefix(name));
                    Optional<String> stack = rules.stackOf(match);
                    if (stack.isPresent()) {
                        stacks.computeIfAbsent(stack.get(), s -> new TreeMap<>())
                                .put(match.numbers().getLast(), tensor);
                    } else if (!rules.isIgnored(name, match)) {
                        put(file, name, () -> expand(name, match, tensor), result);
                    }
                });
        stacks.forEach(
                (name, parts) -> put(file, name, () -> Map.of(name, stacked(parts)), result));
        return result;
    }

    private Map<String, LazyTensor> expand(
            String fullName, NamePattern.Match match, LazyTensor tensor) {
        Optional<Expansion> rule = rules.find(match);
        return rule.isPresent() ? rule.get().expand(tensor, match::fill) : Map.of(fullName, tensor);
    }

    private static LazyTensor stacked(TreeMap<Integer, LazyTensor> parts) {
        if (parts.lastKey() != parts.size() - 1) {
            throw new IllegalArgumentException(
                    "expected parts 0 to %d, found %d of them"
                            .formatted(parts.lastKey(), parts.size()));
        }
        return LazyTensor.stacked(List.copyOf(parts.values())).floats();
    }

    private static void put(
            String file,
            String from,
            Supplier<Map<String, LazyTensor>> tensors,
            Map<String, LazyTensor> result) {
        try {
            tensors.get()
                    .forEach(
                            (name, tensor) -> {
                                if (result.putIfAbsent(name, plainVector(tensor)) != null) {
                                    throw new IllegalArgumentException(
                                            "expected one tensor for %s, found a second"
                                                    .formatted(name));
                                }
                            });
        } catch (IllegalArgumentException unfit) {
            // The layouts check shapes before anything is copied.
            throw new ModelFormatException(
                    "%s: tensor %s: %s; do the weights belong to this configuration?"
                            .formatted(file, from, unfit.getMessage()),
                    unfit);
        }
    }

    private String withoutPrefix(String name) {
        return rules.prefixes().stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    /** Norms and biases are small, and the ops take them as F32. */
    private static LazyTensor plainVector(LazyTensor tensor) {
        return tensor.shape().rank() == 1 && tensor.dtype().blockSize() == 1
                ? tensor.floats()
                : tensor;
    }
}
