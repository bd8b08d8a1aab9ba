package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.part.Part;
import java.util.Arrays;
import java.util.Optional;

/**
 * The steps of a repeated part that is only bytes and of which a text has one reading, so that the
 * number of parts is a function of the text. Safe for use by many threads.
 */
public final class CountedSteps {

    /** No step. */
    public static final int NONE = -1;

    private static final int NUM_BYTES = 256;
    private static final int COMPLETES = 1;

    /**
     * {@code [states][256]}: twice the next state, and 1 if a part is complete before or with it.
     */
    private final int[] table;

    /** States in which the part that was begun may be complete. */
    private final boolean[] mayEnd;

    private final CountProfile[] profiles;

    private CountedSteps(int[] table, boolean[] mayEnd) {
        this.table = table;
        this.mayEnd = mayEnd;
        profiles = new CountProfile[mayEnd.length];
    }

    static Optional<CountedSteps> of(Automaton part) {
        int numStates = part.numStates();
        int[] table = new int[numStates * NUM_BYTES];
        Arrays.fill(table, NONE);
        boolean[] mayEnd = new boolean[numStates];
        for (int state = 0; state < numStates; state++) {
            mayEnd[state] = part.isAccepting(state);
            if (!add(part, state, state, 0, table)) {
                return Optional.empty();
            }
        }
        for (int state = 0; state < numStates; state++) {
            boolean goesOn = mayEnd[state] && part.numEdges(state) > 0;
            if (goesOn && !add(part, state, 0, COMPLETES, table)) {
                return Optional.empty();
            }
        }
        return Optional.of(new CountedSteps(table, mayEnd));
    }

    /** Adds the steps of a state to those of another; false if there is one already. */
    private static boolean add(Automaton part, int to, int from, int done, int[] table) {
        for (int i = 0; i < part.numEdges(from); i++) {
            if (part.last(from, i) >= Part.OTHER_TOKEN) {
                return false;
            }
            int target = part.target(from, i);
            boolean isEnd = part.isAccepting(target) && part.numEdges(target) == 0;
            if (isEnd && done != 0) {
                // Two parts with one byte, which a step cannot say.
                return false;
            }
            int step = isEnd ? COMPLETES : 2 * target + done;
            for (int value = part.first(from, i); value <= part.last(from, i); value++) {
                if (table[to * NUM_BYTES + value] != NONE) {
                    return false;
                }
                table[to * NUM_BYTES + value] = step;
            }
        }
        return true;
    }

    /** Twice the state after a byte, and 1 if a part is complete; or {@link #NONE}. */
    public int step(int state, int value) {
        return table[state * NUM_BYTES + value];
    }

    /** Whether the part that was begun may be complete. */
    public boolean mayEnd(int state) {
        return mayEnd[state];
    }

    /** What was found out of a state, or null. */
    public synchronized CountProfile profile(int state) {
        return profiles[state];
    }

    /** Remembers what was found out. */
    public synchronized void remember(int state, CountProfile profile) {
        profiles[state] = profile;
    }
}
