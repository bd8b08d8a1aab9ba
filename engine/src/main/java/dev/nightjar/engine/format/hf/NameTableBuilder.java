package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.lazy.LazyTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Collects the rules of a {@link NameTable}. In names, {@code #} stands for a number and a final
 * {@code *} for {@code weight} or {@code bias}; a target uses them in the same order.
 */
public final class NameTableBuilder {

    private final List<String> prefixes = new ArrayList<>();
    private final Map<String, Expansion> rules = new HashMap<>();
    private final Map<String, String> stacks = new HashMap<>();
    private final Set<String> ignored = new HashSet<>();
    private final List<String> ignoredPrefixes = new ArrayList<>();
    private int numLayers = Integer.MAX_VALUE;

    NameTableBuilder() {}

    /** Beginnings that names may have; the first that fits is cut off before rules are tried. */
    public NameTableBuilder prefixes(String... values) {
        prefixes.addAll(List.of(values));
        return this;
    }

    /** A tensor under another name. */
    public NameTableBuilder rename(String from, String to) {
        return change(from, to, tensor -> tensor);
    }

    /** A tensor under another name and in another layout. */
    public NameTableBuilder change(String from, String to, UnaryOperator<LazyTensor> layout) {
        return expand(from, (tensor, names) -> Map.of(names.apply(to), layout.apply(tensor)));
    }

    /** A tensor that becomes several. */
    public NameTableBuilder expand(String from, Expansion expansion) {
        rules.put(from, expansion);
        return this;
    }

    /**
     * Tensors of a layer's heads that become one, in order of their number, the second in names.
     */
    public NameTableBuilder stack(String from, String to) {
        stacks.put(from, to);
        return this;
    }

    /** Tensors that follow from the configuration or are not part of the model. */
    public NameTableBuilder ignore(String... names) {
        ignored.addAll(List.of(names));
        return this;
    }

    /** Tensors of other parts of a model for several media. */
    public NameTableBuilder ignoreBelow(String... beginnings) {
        ignoredPrefixes.addAll(List.of(beginnings));
        return this;
    }

    /** Layers from this one on are left out: they predict further tokens. */
    public NameTableBuilder layers(int count) {
        numLayers = count;
        return this;
    }

    /** The table. */
    public NameTable build() {
        return new NameTable(this);
    }

    List<String> prefixes() {
        return prefixes;
    }

    Optional<Expansion> find(NamePattern.Match match) {
        return Optional.ofNullable(rules.get(match.pattern()))
                .or(() -> Optional.ofNullable(rules.get(match.open())));
    }

    Optional<String> stackOf(NamePattern.Match match) {
        return Optional.ofNullable(stacks.get(match.pattern())).map(match::fill);
    }

    boolean isIgnored(String fullName, NamePattern.Match match) {
        return ignored.contains(match.pattern())
                || ignoredPrefixes.stream().anyMatch(fullName::startsWith)
                || match.pattern().startsWith("layers.#.")
                        && match.numbers().getFirst() >= numLayers;
    }
}
