package dev.nightjar.engine.grammar.automaton;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An automaton under construction: states, edges on ranges of symbols, and free edges. */
public final class Nfa {

    /** An edge on the symbols from {@code first} to {@code last}. */
    record Edge(int first, int last, int target) {}

    /** States looked at while sets of them are made: some tenths of a second. */
    private static final long MAX_WORK = 10_000_000;

    private final List<List<Edge>> edges = new ArrayList<>();
    private final List<List<Integer>> free = new ArrayList<>();
    private final List<int[]> closures = new ArrayList<>();

    /** Adds a state and returns its number, counted from 0. */
    public int addState() {
        edges.add(new ArrayList<>(2));
        free.add(new ArrayList<>(2));
        closures.add(null);
        return edges.size() - 1;
    }

    /** The number of states. */
    public int numStates() {
        return edges.size();
    }

    /** Adds an edge on the symbols from {@code first} to {@code last}. */
    public void edge(int from, int first, int last, int to) {
        edges.get(from).add(new Edge(first, last, to));
    }

    /** Adds an edge that takes no symbol. */
    public void free(int from, int to) {
        free.get(from).add(to);
    }

    /** Copies an automaton in: what it accepts leads from one state to the other. */
    public void embed(Automaton automaton, int from, int to) {
        int base = numStates();
        for (int state = 0; state < automaton.numStates(); state++) {
            addState();
        }
        for (int state = 0; state < automaton.numStates(); state++) {
            for (int i = 0; i < automaton.numEdges(state); i++) {
                edge(
                        base + state,
                        automaton.first(state, i),
                        automaton.last(state, i),
                        base + automaton.target(state, i));
            }
            if (automaton.isAccepting(state)) {
                free(base + state, to);
            }
        }
        free(from, base);
    }

    /**
     * The same without free edges, states that nothing leads to left out, unless that takes more
     * than some edges.
     */
    public Optional<Automaton> withoutFreeEdges(int start, int accept, int maxEdges) {
        int numEdges = 0;
        int[] numbers = new int[numStates()];
        Arrays.fill(numbers, -1);
        List<Integer> found = new ArrayList<>(List.of(start));
        numbers[start] = 0;
        Automaton.Builder result = new Automaton.Builder();
        for (int i = 0; i < found.size(); i++) {
            int[] closure = closure(new int[] {found.get(i)});
            result.addState(contains(closure, accept));
            for (int member : closure) {
                for (Edge edge : edges.get(member)) {
                    if (numbers[edge.target] < 0) {
                        numbers[edge.target] = found.size();
                        found.add(edge.target);
                    }
                    result.edge(i, edge.first, edge.last, numbers[edge.target]);
                    if (++numEdges > maxEdges) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(result.build());
    }

    /** The same with one way only for each text, unless that takes more than some states. */
    public Optional<Automaton> determinized(int start, int accept, int maxStates) {
        Map<States, Integer> numbers = new HashMap<>();
        List<int[]> found = new ArrayList<>();
        found.add(closure(new int[] {start}));
        numbers.put(new States(found.getFirst()), 0);
        Automaton.Builder result = new Automaton.Builder();
        long work = 0;
        for (int i = 0; i < found.size(); i++) {
            work += found.get(i).length;
            if (found.size() > maxStates || work > MAX_WORK) {
                return Optional.empty();
            }
            result.addState(contains(found.get(i), accept));
            addEdges(found, i, numbers, result);
        }
        return Optional.of(result.build());
    }

    /** Cuts the edges of a set of states at each other's ends, and unites their targets. */
    private void addEdges(
            List<int[]> found, int set, Map<States, Integer> numbers, Automaton.Builder result) {
        List<Edge> sorted = new ArrayList<>();
        for (int member : found.get(set)) {
            sorted.addAll(edges.get(member));
        }
        sorted.sort(Comparator.comparingInt(Edge::first));
        List<Edge> active = new ArrayList<>();
        int next = 0;
        int at = 0;
        while (next < sorted.size() || !active.isEmpty()) {
            at = active.isEmpty() ? Math.max(at, sorted.get(next).first) : at;
            while (next < sorted.size() && sorted.get(next).first <= at) {
                active.add(sorted.get(next++));
            }
            int last = next < sorted.size() ? sorted.get(next).first - 1 : Integer.MAX_VALUE;
            for (Edge edge : active) {
                last = Math.min(last, edge.last);
            }
            int[] targets = active.stream().mapToInt(Edge::target).sorted().distinct().toArray();
            int[] closure = closure(targets);
            Integer number = numbers.putIfAbsent(new States(closure), found.size());
            if (number == null) {
                number = found.size();
                found.add(closure);
            }
            result.edge(set, at, last, number);
            at = last + 1;
            int from = at;
            active.removeIf(edge -> edge.last < from);
        }
    }

    private int[] closure(int[] states) {
        if (states.length == 1 && closures.get(states[0]) != null) {
            return closures.get(states[0]);
        }
        BitSet reached = new BitSet();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int state : states) {
            reached.set(state);
            open.add(state);
        }
        while (!open.isEmpty()) {
            for (int target : free.get(open.pop())) {
                if (!reached.get(target)) {
                    reached.set(target);
                    open.push(target);
                }
            }
        }
        int[] closure = reached.stream().toArray();
        if (states.length == 1) {
            closures.set(states[0], closure);
        }
        return closure;
    }

    private static boolean contains(int[] sorted, int state) {
        return Arrays.binarySearch(sorted, state) >= 0;
    }

    /** A set of states as a key. */
    private record States(int[] sorted) {
        @Override
        public boolean equals(Object other) {
            return other instanceof States states && Arrays.equals(sorted, states.sorted);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sorted);
        }
    }
}
