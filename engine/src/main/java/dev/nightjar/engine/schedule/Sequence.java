package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.BlockTable;
import dev.nightjar.engine.cache.CachedSequence;
import dev.nightjar.engine.request.Priority;
import java.util.Arrays;
import java.util.Objects;

/**
 * One timeline being generated: prompt and completion ids, how many of them are computed, and the
 * blocks that hold them.
 *
 * <pre>
 *   0          numComputedTokens              numTokens      maxTokens
 *   | keys and values present | known, to compute |  unknown  |
 * </pre>
 *
 * The engine thread appends sampled ids and pauses or resumes; all else is the scheduler's.
 */
public final class Sequence implements CachedSequence {

    /** Where a sequence stands with its scheduler. */
    public enum State {
        /** Without blocks: not yet admitted, or preempted. */
        WAITING,
        /** Holds blocks and takes part in steps unless paused. */
        RUNNING,
        /** Ended; holds nothing. */
        FINISHED
    }

    private static final int NOT_ADMITTED = -1;

    private final long id;
    private final int numPromptTokens;
    private final int maxTokens;
    private final String cacheSalt;
    private final BlockTable blocks = new BlockTable();
    private final ScheduledSequence share = new ScheduledSequence(this);
    private int[] tokens;
    private int numTokens;
    private int numComputedTokens;
    private int numCachedTokens = NOT_ADMITTED;
    private final Priority priority;
    private long arrival = -1;
    private long rank;
    private State state = State.WAITING;
    private boolean isPaused;

    /**
     * Copies the prompt.
     *
     * @param id chosen by the caller, for its own use
     * @param promptIds at least one id
     * @param maxTokens limit of prompt and completion together, above the prompt's length
     * @param cacheSalt see {@link CachedSequence#cacheSalt}
     */
    public Sequence(long id, int[] promptIds, int maxTokens, String cacheSalt) {
        this(id, promptIds, maxTokens, cacheSalt, Priority.STANDARD);
    }

    /** As the other one, in a class of the queue. */
    public Sequence(long id, int[] promptIds, int maxTokens, String cacheSalt, Priority priority) {
        if (promptIds.length == 0 || maxTokens <= promptIds.length) {
            throw new IllegalArgumentException(
                    "sequence %d needs a prompt and room for a completion, found %d prompt tokens"
                                    .formatted(id, promptIds.length)
                            + " and maxTokens %d".formatted(maxTokens));
        }
        this.id = id;
        this.maxTokens = maxTokens;
        this.cacheSalt = Objects.requireNonNull(cacheSalt, "cacheSalt");
        this.priority = priority;
        tokens = promptIds.clone();
        numPromptTokens = promptIds.length;
        numTokens = promptIds.length;
    }

    /** The caller's id. */
    public long id() {
        return id;
    }

    @Override
    public int token(int position) {
        return tokens[Objects.checkIndex(position, numTokens)];
    }

    @Override
    public int numTokens() {
        return numTokens;
    }

    /** Its class in the queue. */
    public Priority priority() {
        return priority;
    }

    /** Its place in the order of the policy, as far as that uses it. */
    public long rank() {
        return rank;
    }

    /** Sets the rank, once, on arrival. */
    void rankAt(long value) {
        rank = value;
    }

    /** Length of the prompt. */
    public int numPromptTokens() {
        return numPromptTokens;
    }

    /** Generated tokens. */
    public int numCompletionTokens() {
        return numTokens - numPromptTokens;
    }

    /** Tokens whose keys and values are present; grows when a step is updated. */
    public int numComputedTokens() {
        return numComputedTokens;
    }

    /** Known tokens still to compute. */
    public int numUncomputedTokens() {
        return numTokens - numComputedTokens;
    }

    /** Prompt tokens found in the prefix cache at the first admission; 0 before it. */
    public int numCachedTokens() {
        return Math.max(0, numCachedTokens);
    }

    /** Limit of prompt and completion together. */
    public int maxTokens() {
        return maxTokens;
    }

    /** Whether no further token may be appended. */
    public boolean hasReachedMaxTokens() {
        return numTokens == maxTokens;
    }

    @Override
    public String cacheSalt() {
        return cacheSalt;
    }

    @Override
    public BlockTable blocks() {
        return blocks;
    }

    /** Rank among the sequences of its scheduler, counted from 0; -1 before it was added. */
    public long arrival() {
        return arrival;
    }

    /** Where it stands with its scheduler. */
    public State state() {
        return state;
    }

    /** Whether it is kept out of steps. */
    public boolean isPaused() {
        return isPaused;
    }

    /**
     * Keeps the sequence out of further steps. It keeps its blocks until they are needed by others;
     * then it is preempted first.
     */
    public void pause() {
        isPaused = true;
    }

    /** Lets the sequence take part in steps again. */
    public void resume() {
        isPaused = false;
    }

    /** Adds a sampled id; called between {@code update} and the next {@code schedule}. */
    public void append(int token) {
        if (hasReachedMaxTokens()) {
            throw new IllegalStateException(
                    "sequence %d already has its %d tokens; finish it instead"
                            .formatted(id, maxTokens));
        }
        if (numTokens == tokens.length) {
            int doubled = (int) Math.min(maxTokens, Math.max(16L, 2L * numTokens));
            tokens = Arrays.copyOf(tokens, doubled);
        }
        tokens[numTokens++] = token;
    }

    /** Whether both begin with the same {@code length} tokens and may share their blocks. */
    boolean hasCommonPrefix(Sequence other, int length) {
        return numTokens >= length
                && other.numTokens >= length
                && cacheSalt.equals(other.cacheSalt)
                && Arrays.equals(tokens, 0, length, other.tokens, 0, length);
    }

    /** Its part of the step that it was last scheduled for. */
    ScheduledSequence share() {
        return share;
    }

    boolean wasAdmitted() {
        return numCachedTokens != NOT_ADMITTED;
    }

    void arriveAt(long rank) {
        arrival = rank;
    }

    void admitted(int cachedTokens, int computedTokens) {
        state = State.RUNNING;
        numComputedTokens = computedTokens;
        if (numCachedTokens == NOT_ADMITTED) {
            numCachedTokens = cachedTokens;
        }
    }

    void computedTo(int position) {
        numComputedTokens = position;
    }

    void preempted() {
        state = State.WAITING;
        numComputedTokens = 0;
    }

    void finished() {
        state = State.FINISHED;
    }

    @Override
    public String toString() {
        return "Sequence[id %d, %s, %d of %d tokens computed]"
                .formatted(id, state, numComputedTokens, numTokens);
    }
}
