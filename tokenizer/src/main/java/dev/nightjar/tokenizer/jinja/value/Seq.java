package dev.nightjar.tokenizer.jinja.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A list, a tuple, or a view of a dict. Only lists can change, and only by losing items. */
public final class Seq implements Value {

    /** What it is in Python. */
    public enum Kind {
        /** A list. */
        LIST("list"),
        /** A tuple. */
        TUPLE("tuple"),
        /** A pair of a value and the items that have it. */
        GROUP("tuple"),
        /** The keys of a dict. */
        KEYS("dict_keys"),
        /** The values of a dict. */
        VALUES("dict_values"),
        /** The pairs of a dict. */
        ITEMS("dict_items");

        private final String typeName;

        Kind(String typeName) {
            this.typeName = typeName;
        }
    }

    private final Kind kind;
    private final List<Value> items;
    private final long weight;
    private final int depth;

    private Seq(Kind kind, List<Value> items) {
        this.kind = kind;
        this.items = items;
        this.weight = Weights.weight(items);
        this.depth = Weights.depth(items);
    }

    /** Of any kind; copies the items. */
    public static Seq of(Kind kind, Collection<? extends Value> items) {
        return new Seq(kind, new ArrayList<>(items));
    }

    /** A list; copies the items. */
    public static Seq list(Collection<? extends Value> items) {
        return of(Kind.LIST, items);
    }

    /** A tuple. */
    public static Seq tuple(Value... items) {
        return of(Kind.TUPLE, List.of(items));
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** The items now. */
    public List<Value> items() {
        return Collections.unmodifiableList(items);
    }

    /** Takes an item out of a list. */
    public Value remove(int index) {
        return items.remove(index);
    }

    /** Takes all items out of a list. */
    public void clear() {
        items.clear();
    }

    /** Whether it has items by position, which views have not. */
    public boolean isIndexed() {
        return kind == Kind.LIST || isTuple();
    }

    /** Whether it is a tuple. */
    public boolean isTuple() {
        return kind == Kind.TUPLE || kind == Kind.GROUP;
    }

    @Override
    public String typeName() {
        return kind.typeName;
    }

    @Override
    public boolean isTrue() {
        return !items.isEmpty();
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
        return this == other
                || other instanceof Seq seq
                        && typeName().equals(seq.typeName())
                        && items.equals(seq.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }
}
