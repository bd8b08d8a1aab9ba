package dev.nightjar.engine.grammar.automaton;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes code points as the bytes of UTF-8 into an automaton under construction. Ways to the same
 * target share their ends. For one thread.
 */
public final class Utf8Edges {

    /** The largest code point of each length, 1 to 4 bytes. */
    private static final int[] LAST_OF_LENGTH = {0x7F, 0x7FF, 0xFFFF, 0x10FFFF};

    private static final int[] LEAD = {0x00, 0xC0, 0xE0, 0xF0};

    private final Nfa nfa;
    private final Map<List<Integer>, Integer> shared = new HashMap<>();

    /** Writes into an automaton. */
    public Utf8Edges(Nfa nfa) {
        this.nfa = nfa;
    }

    /** Adds ways for all code points of a set; surrogates are left out. */
    public void add(int from, RangeSet set, int to) {
        RangeSet scalars = set.intersect(RangeSet.SCALARS);
        for (int i = 0; i < scalars.numRanges(); i++) {
            int first = scalars.first(i);
            for (int length = 1; length <= 4; length++) {
                int last = Math.min(scalars.last(i), LAST_OF_LENGTH[length - 1]);
                if (first <= last) {
                    addRange(from, first, last, length, to);
                    first = last + 1;
                }
            }
        }
    }

    /** Adds a way for a text. */
    public void add(int from, String text, int to) {
        int at = from;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int next = i == bytes.length - 1 ? to : nfa.addState();
            nfa.edge(at, bytes[i] & 0xFF, bytes[i] & 0xFF, next);
            at = next;
        }
        if (bytes.length == 0) {
            nfa.free(from, to);
        }
    }

    /** Splits until all bytes but the first differing one run over all their values. */
    private void addRange(int from, int first, int last, int length, int to) {
        for (int i = 1; i < length; i++) {
            int low = (1 << (6 * i)) - 1;
            if ((first & ~low) == (last & ~low)) {
                continue;
            }
            if ((first & low) != 0) {
                addRange(from, first, first | low, length, to);
                addRange(from, (first | low) + 1, last, length, to);
                return;
            }
            if ((last & low) != low) {
                addRange(from, first, (last & ~low) - 1, length, to);
                addRange(from, last & ~low, last, length, to);
                return;
            }
        }
        int at = to;
        for (int i = length - 1; i > 0; i--) {
            int shift = 6 * (length - 1 - i);
            at = before(at, 0x80 | (first >> shift & 0x3F), 0x80 | (last >> shift & 0x3F));
        }
        int shift = 6 * (length - 1);
        nfa.edge(from, LEAD[length - 1] | first >> shift, LEAD[length - 1] | last >> shift, at);
    }

    private int before(int target, int first, int last) {
        return shared.computeIfAbsent(
                List.of(target, first, last),
                key -> {
                    int state = nfa.addState();
                    nfa.edge(state, first, last, target);
                    return state;
                });
    }
}
