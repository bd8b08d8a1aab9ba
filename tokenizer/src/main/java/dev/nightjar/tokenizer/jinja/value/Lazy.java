package dev.nightjar.tokenizer.jinja.value;

import java.util.Iterator;
import java.util.List;

/** What Python computes while it is read, such as the result of {@code map}: it is read once. */
public final class Lazy implements Value {
    private final Iterator<Value> rest;

    /** Of these items. */
    public Lazy(List<Value> items) {
        this.rest = List.copyOf(items).iterator();
    }

    /** The items that were not read yet; reading takes them out. */
    public Iterator<Value> rest() {
        return rest;
    }

    @Override
    public String typeName() {
        return "generator";
    }
}
