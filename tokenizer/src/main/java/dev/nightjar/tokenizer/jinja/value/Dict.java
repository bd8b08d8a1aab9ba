package dev.nightjar.tokenizer.jinja.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping in the order of insertion. Immutable. */
public final class Dict implements Value {
    private final Map<Value, Value> entries;
    private final long weight;
    private final int depth;

    private Dict(Map<Value, Value> entries) {
        this.entries = entries;
        long values = Weights.weight(entries.values());
        this.weight = Weights.weight(entries.keySet()) + values;
        this.depth = Weights.depth(entries.values());
    }

    /**
     * A dict of these entries, copied.
     *
     * @throws JinjaException if a key cannot be one
     */
    public static Dict of(Map<? extends Value, ? extends Value> entries) {
        Map<Value, Value> copy = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach((key, value) -> copy.put(hashable(key), value));
        return new Dict(copy);
    }

    /** The key itself, if its value can never change. */
    public static Value hashable(Value key) {
        boolean isHashable =
                !(key instanceof Dict)
                        && (!(key instanceof Seq seq)
                                || seq.isTuple()
                                        && seq.items().stream().allMatch(Dict::isHashable));
        if (!isHashable) {
            throw JinjaException.type("unhashable type: '%s'".formatted(key.typeName()));
        }
        return key;
    }

    private static boolean isHashable(Value key) {
        return hashable(key) == key;
    }

    /** The entries. */
    public Map<Value, Value> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** The value of a key. */
    public Optional<Value> get(Value key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The pairs, as tuples. */
    public List<Value> pairs() {
        return entries.entrySet().stream()
                .<Value>map(entry -> Seq.tuple(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public String typeName() {
        return "dict";
    }

    @Override
    public boolean isTrue() {
        return !entries.isEmpty();
    }

    @Override
    public long weight() {
        return weight;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Dict dict && entries.equals(dict.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
