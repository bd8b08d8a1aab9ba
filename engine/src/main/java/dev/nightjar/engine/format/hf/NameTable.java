package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.lazy.LazyTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
        tensors.forEach((name, tensor) -> apply(file, name, tensor, result));
        return result;
    }

    private void apply(
            String file, String fullName, LazyTensor tensor, Map<String, LazyTensor> result) {
        NamePattern.Match match = NamePattern.match(withoutPrefix(fullName));
        Optional<Expansion> rule = rules.find(match);
        if (rules.isIgnored(fullName, match)) {
            return;
        }
        try {
            Map<String, LazyTensor> expanded =
                    rule.isPresent()
                            ? rule.get().expand(tensor, match::fill)
                            : Map.of(fullName, tensor);
            expanded.forEach(
                    (name, part) -> {
                        if (result.putIfAbsent(name, plainVector(part)) != null) {
                            throw new ModelFormatException(
                                    "%s: tensor %s: expected one tensor for %s, found a second"
                                            .formatted(file, fullName, name));
                        }
                    });
        } catch (IllegalArgumentException unfit) {
            // The layouts check shapes before anything is copied.
            throw new ModelFormatException(
                    "%s: tensor %s: %s; do the weights belong to this configuration?"
                            .formatted(file, fullName, unfit.getMessage()),
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
