package dev.nightjar.engine.grammar.automaton;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A finite automaton without free edges; state 0 is the start. The edges of a state are ordered by
 * their first symbol. Immutable.
 */
public final class Automaton {

    /** Accepts no text. */
    public static final Automaton NOTHING = new Automaton(new int[1][0], new boolean[1]);

    /** {@code [states][3 * edges]}: first symbol, last symbol, target. */
    private final int[][] edges;

    private final boolean[] accepting;

    private Automaton(int[][] edges, boolean[] accepting) {
        this.edges = edges;
        this.accepting = accepting;
    }

    /** The number of states. */
    public int numStates() {
        return edges.length;
    }

    /** The number of edges of a state. */
    public int numEdges(int state) {
        return edges[state].length / 3;
    }

    /** The first symbol of an edge. */
    public int first(int state, int edge) {
        return edges[state][3 * edge];
    }

    /** The last symbol of an edge. */
    public int last(int state, int edge) {
        return edges[state][3 * edge + 1];
    }

    /** The state that an edge leads to. */
    public int target(int state, int edge) {
        return edges[state][3 * edge + 2];
    }

    /** Whether a text may end in a state. */
    public boolean isAccepting(int state) {
        return accepting[state];
    }

    /** Whether it accepts some symbols; it must be deterministic. */
    public boolean accepts(int[] symbols) {
        int state = 0;
        for (int symbol : symbols) {
            state = next(state, symbol);
            if (state < 0) {
                return false;
            }
        }
        return accepting[state];
    }

    private int next(int state, int symbol) {
        for (int i = 0; i < numEdges(state); i++) {
            if (symbol >= first(state, i) && symbol <= last(state, i)) {
                return target(state, i);
            }
        }
        return -1;
    }

    /** Whether it accepts nothing at all. */
    public boolean isEmpty() {
        return !leadsToEnd()[0];
    }

    /** What both accept, unless that takes more than some states; both must be deterministic. */
    public Optional<Automaton> intersect(Automaton other, int maxStates) {
        Map<Long, Integer> numbers = new HashMap<>();
        List<int[]> pairs = new ArrayList<>(List.of(new int[] {0, 0}));
        numbers.put(0L, 0);
        Builder result = new Builder();
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.size() > maxStates) {
                return Optional.empty();
            }
            int left = pairs.get(i)[0];
            int right = pairs.get(i)[1];
            result.addState(accepting[left] && other.accepting[right]);
            int a = 0;
            int b = 0;
            while (a < numEdges(left) && b < other.numEdges(right)) {
                int first = Math.max(first(left, a), other.first(right, b));
                int last = Math.min(last(left, a), other.last(right, b));
                if (first <= last) {
                    int[] pair = {target(left, a), other.target(right, b)};
                    Integer number = numbers.putIfAbsent(key(pair), pairs.size());
                    if (number == null) {
                        number = pairs.size();
                        pairs.add(pair);
                    }
                    result.edge(i, first, last, number);
                }
                if (last(left, a) < other.last(right, b)) {
                    a++;
                } else {
                    b++;
                }
            }
        }
        return Optional.of(result.build().trimmed());
    }

    private static long key(int[] pair) {
        return ((long) pair[0] << 32) | pair[1];
    }

    /** The texts of some symbols that it does not accept; it must be deterministic. */
    public Automaton complement(RangeSet alphabet) {
        Builder result = new Builder();
        for (int state = 0; state < numStates(); state++) {
            result.addState(!accepting[state]);
        }
        int rest = result.addState(true);
        addAll(result, rest, alphabet, rest);
        for (int state = 0; state < numStates(); state++) {
            RangeSet others = alphabet;
            for (int i = 0; i < numEdges(state); i++) {
                RangeSet range = RangeSet.of(first(state, i), last(state, i)).intersect(alphabet);
                addAll(result, state, range, target(state, i));
                others = others.minus(range);
            }
            addAll(result, state, others, rest);
        }
        return result.build().trimmed();
    }

    private static void addAll(Builder result, int from, RangeSet symbols, int to) {
        for (int i = 0; i < symbols.numRanges(); i++) {
            result.edge(from, symbols.first(i), symbols.last(i), to);
        }
    }

    /** The same, but a text ends where it is accepted for the first time. */
    public Automaton cutAtFirstEnd() {
        int[][] cut = edges.clone();
        for (int state = 0; state < numStates(); state++) {
            cut[state] = accepting[state] ? new int[0] : edges[state];
        }
        return new Automaton(cut, accepting).trimmed();
    }

    /** The same without the edges that begin with some symbols, and what they alone lead to. */
    public Automaton without(IntPredicate isDropped) {
        Builder result = new Builder();
        for (int state = 0; state < numStates(); state++) {
            result.addState(accepting[state]);
            for (int i = 0; i < numEdges(state); i++) {
                if (!isDropped.test(first(state, i))) {
                    result.edge(state, first(state, i), last(state, i), target(state, i));
                }
            }
        }
        return result.build().trimmed();
    }

    /** The same with another start, which must not be the start already. */
    public Automaton startingAt(int start) {
        int[][] moved = edges.clone();
        boolean[] ends = accepting.clone();
        moved[0] = edges[start];
        ends[0] = accepting[start];
        // Nothing may lead to the old start, as it would now lead to the new one.
        return new Automaton(moved, ends).trimmed();
    }

    /** The same without the empty text; nothing may lead to the start. */
    public Automaton withoutEmptyText() {
        boolean[] ends = accepting.clone();
        ends[0] = false;
        return new Automaton(edges, ends).trimmed();
    }

    /** The same without the states that lead to no end; the start stays. */
    public Automaton trimmed() {
        boolean[] leads = leadsToEnd();
        int[] numbers = new int[numStates()];
        Builder result = new Builder();
        for (int state = 0; state < numStates(); state++) {
            numbers[state] = state == 0 || leads[state] ? result.addState(accepting[state]) : -1;
        }
        for (int state = 0; state < numStates(); state++) {
            for (int i = 0; numbers[state] >= 0 && i < numEdges(state); i++) {
                if (leads[target(state, i)]) {
                    result.edge(
                            numbers[state],
                            first(state, i),
                            last(state, i),
                            numbers[target(state, i)]);
                }
            }
        }
        return result.build();
    }

    /** For each state whether an accepting one can be reached: a sweep until nothing changes. */
    private boolean[] leadsToEnd() {
        boolean[] leads = accepting.clone();
        boolean hasChanged = true;
        while (hasChanged) {
            hasChanged = false;
            for (int state = numStates() - 1; state >= 0; state--) {
                for (int i = 0; !leads[state] && i < numEdges(state); i++) {
                    leads[state] = leads[target(state, i)];
                    hasChanged |= leads[state];
                }
            }
        }
        return leads;
    }

    /** Collects states and edges; the first state is the start. */
    public static final class Builder {

        private final List<List<int[]>> edges = new ArrayList<>();
        private final List<Boolean> accepting = new ArrayList<>();

        /** Adds a state and returns its number. */
        public int addState(boolean isAccepting) {
            edges.add(new ArrayList<>());
            accepting.add(isAccepting);
            return edges.size() - 1;
        }

        /** Adds an edge, united with the one before if it continues that one's code points. */
        public void edge(int from, int first, int last, int to) {
            List<int[]> own = edges.get(from);
            boolean isText = first <= RangeSet.MAX_CODE_POINT;
            if (isText
                    && !own.isEmpty()
                    && own.getLast()[2] == to
                    && own.getLast()[1] == first - 1) {
                own.getLast()[1] = last;
            } else {
                own.add(new int[] {first, last, to});
            }
        }

        /** The automaton. */
        public Automaton build() {
            int[][] flat = new int[edges.size()][];
            boolean[] ends = new boolean[edges.size()];
            for (int state = 0; state < flat.length; state++) {
                flat[state] =
                        edges.get(state).stream()
                                .sorted((a, b) -> Integer.compare(a[0], b[0]))
                                .flatMapToInt(Arrays::stream)
                                .toArray();
                ends[state] = accepting.get(state);
            }
            return new Automaton(flat, ends);
        }
    }
}
