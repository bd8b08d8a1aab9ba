package dev.nightjar.tokenizer.jinja.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;

/** What a {@code for} loop sees of a value. */
public final class Iteration {
    private Iteration() {}

    /**
     * The items one after the other. A list that shrinks meanwhile is followed.
     *
     * @throws JinjaException if the value has no items
     */
    public static Iterator<Value> of(Value value) {
        return switch (value) {
            case Str str ->
                    str.value()
                            .codePoints()
                            .<Value>mapToObj(c -> Str.of(Character.toString(c)))
                            .iterator();
            case Seq seq -> new SeqIterator(seq.items());
            case Dict dict -> dict.entries().keySet().iterator();
            case Range range -> range.items().iterator();
            case Lazy lazy -> lazy.rest();
            case Undefined undefined -> List.<Value>of().iterator();
            default ->
                    throw JinjaException.type(
                            "'%s' object is not iterable".formatted(value.typeName()));
        };
    }

    /** All items, each of them a step. */
    public static List<Value> list(Value value, Budget budget) {
        List<Value> items = new ArrayList<>();
        for (Iterator<Value> rest = of(value); rest.hasNext(); ) {
            budget.step(1);
            items.add(rest.next());
        }
        return items;
    }

    /** Whether it has items. */
    public static boolean isIterable(Value value) {
        return switch (value) {
            case Str str -> true;
            case Seq seq -> true;
            case Dict dict -> true;
            case Range range -> true;
            case Lazy lazy -> true;
            case Undefined undefined -> true;
            default -> false;
        };
    }

    /** How many items it has, if it knows that without being read. */
    public static OptionalInt size(Value value) {
        return switch (value) {
            case Str str -> OptionalInt.of(str.value().codePointCount(0, str.value().length()));
            case Seq seq -> OptionalInt.of(seq.items().size());
            case Dict dict -> OptionalInt.of(dict.entries().size());
            case Range range -> OptionalInt.of(range.items().size());
            case Undefined undefined -> OptionalInt.of(0);
            default -> OptionalInt.empty();
        };
    }

    /** Goes by position, as the list may change under way. */
    private static final class SeqIterator implements Iterator<Value> {
        private final List<Value> items;
        private int next;

        SeqIterator(List<Value> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            return next < items.size();
        }

        @Override
        public Value next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.get(next++);
        }
    }
}
