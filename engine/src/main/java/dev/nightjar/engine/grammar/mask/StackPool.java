package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Makes equal sets of stacks only once, as far as it remembers them. For one thread at a time. */
final class StackPool {

    /** The set of the empty stack alone. */
    static final Stacks EMPTY = new Stacks(new Node[0], new Stacks[0], true);

    /** No stack at all. */
    static final Stacks NONE = new Stacks(new Node[0], new Stacks[0], false);

    private final int capacity;
    private final WorkLimit work;
    private final Map<Key, Stacks> known = new HashMap<>();
    private int generation;

    /**
     * A pool that forgets all when it is full; what sequences hold goes on to work.
     *
     * @param capacity sets to remember
     * @param work what making sets may take
     */
    StackPool(int capacity, WorkLimit work) {
        this.capacity = capacity;
        this.work = work;
    }

    private record Key(Stacks stacks) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.stacks.isSame(stacks);
        }

        @Override
        public int hashCode() {
            return stacks.contentHash();
        }
    }

    /** Counts how often all was forgotten. */
    int generation() {
        return generation;
    }

    Stacks one(Node top, Stacks below) {
        return of(new Node[] {top}, new Stacks[] {below}, false);
    }

    Stacks of(Node[] tops, Stacks[] below, boolean hasEmpty) {
        if (tops.length == 0) {
            return hasEmpty ? EMPTY : NONE;
        }
        Stacks made = new Stacks(tops, below, hasEmpty);
        Stacks present = known.putIfAbsent(new Key(made), made);
        if (present != null) {
            return present;
        }
        if (known.size() > capacity) {
            known.clear();
            generation++;
        }
        return made;
    }

    /** The stacks of both sets; the first set itself if it has all of them. */
    Stacks union(Stacks a, Stacks b) {
        if (a == b || b == NONE) {
            return a;
        }
        if (a == NONE) {
            return b;
        }
        work.spend(a.tops.length + b.tops.length);
        Node[] tops = Arrays.copyOf(a.tops, a.tops.length + b.tops.length);
        Stacks[] below = Arrays.copyOf(a.below, tops.length);
        int size = a.tops.length;
        boolean isMore = b.hasEmpty && !a.hasEmpty;
        for (int i = 0; i < b.tops.length; i++) {
            int at = a.indexOf(b.tops[i]);
            if (at < 0) {
                tops[size] = b.tops[i];
                below[size++] = b.below[i];
                isMore = true;
            } else {
                below[at] = union(a.below[at], b.below[i]);
                isMore |= below[at] != a.below[at];
            }
        }
        return isMore
                ? of(
                        Arrays.copyOf(tops, size),
                        Arrays.copyOf(below, size),
                        a.hasEmpty || b.hasEmpty)
                : a;
    }
}
