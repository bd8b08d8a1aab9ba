package dev.nightjar.kernels.backend;

import java.util.Arrays;

/**
 * Parameters and results of the sampling op, one row per sequence; persistent, refilled each step.
 *
 * <p>The op applies, per row and in this order: penalties, added values, token mask, then either
 * argmax (temperature 0) or the filters in the row's order and a draw with the uniform number that
 * {@code (seed, position)} determine; so a draw depends on nothing else in the batch. A row can
 * also be told its token and is then only asked how likely that is.
 */
public final class SamplingBatch {

    /** Most alternatives that a row can ask for. */
    public static final int MAX_TOP = 20;

    /** In {@link #given}: the token is to be chosen; in {@link #topToken}: no further token. */
    public static final int NONE = -1;

    private static final FilterStep[] DEFAULT_FILTERS = {
        FilterStep.TEMPERATURE,
        FilterStep.TOP_K,
        FilterStep.TYPICAL,
        FilterStep.TOP_P,
        FilterStep.MIN_P
    };

    /** 0 is greedy, unless the row's filters leave temperature out. */
    public final float[] temperature;

    /** Keeps the k largest; 0 keeps all. */
    public final int[] topK;

    /** Keeps what is nearest to typical, with at least this mass; 1 keeps all. */
    public final float[] typicalP;

    /** Keeps the smallest set with at least this mass; 1 keeps all. */
    public final float[] topP;

    /** Keeps tokens of at least this share of the largest probability; 0 keeps all. */
    public final float[] minP;

    /** The filters of each row in their order, each at most once; one left out is off. */
    public final FilterStep[][] filters;

    /** Divides positive and multiplies negative logits of repeated tokens; 1 is off. */
    public final float[] repetitionPenalty;

    /** Subtracted once from tokens generated before; 0 is off. */
    public final float[] presencePenalty;

    /** Subtracted per occurrence from tokens generated before; 0 is off. */
    public final float[] frequencyPenalty;

    /** Key of the random stream: the request's seed plus the choice index. */
    public final long[] seed;

    /** Position of the token to draw in its sequence's completion, from 0. */
    public final int[] position;

    /**
     * Token counts of rows with penalties: row s owns entries {@code [countStart[s],
     * countStart[s+1])} of the next three arrays.
     */
    public final int[] countStart;

    /** Distinct token ids seen in prompt or completion; grows as needed. */
    public int[] countToken;

    /** Occurrences of that token in the completion; 0 if only the prompt holds it. */
    public int[] countGenerated;

    /** Whether the repetition penalty sees that token. */
    public boolean[] countRepeated;

    /**
     * Values added to single logits: row s owns entries {@code [editStart[s], editStart[s+1])} of
     * the next two arrays; a token may have several.
     */
    public final int[] editStart;

    /** Token whose logit is edited; grows as needed. */
    public int[] editToken;

    /** Added to its logit after the penalties; -infinity forbids the token. */
    public float[] editValue;

    /** Allowed tokens per row as a bit set of {@code ceil(V / 64)} words; a null row allows all. */
    public final long[][] mask;

    /** A token that is taken without being chosen, or {@link #NONE}. */
    public final int[] given;

    /** How many of the most likely tokens are reported per row; at most {@link #MAX_TOP}. */
    public final int[] topCount;

    /** Result: the chosen token. */
    public final int[] token;

    /** Result: natural log of the chosen token's probability before temperature and filters. */
    public final float[] logprob;

    /**
     * Result: the most likely tokens of row s before penalties, temperature and filters, from
     * {@code s * MAX_TOP} on, best first, the lower of equal ones first; {@link #NONE} where fewer
     * are possible.
     */
    public final int[] topToken;

    /** Result: natural logs of their probabilities. */
    public final float[] topLogprob;

    /** Room for {@code capacity} rows, all of them plain until they are filled. */
    public SamplingBatch(int capacity) {
        temperature = new float[capacity];
        topK = new int[capacity];
        typicalP = new float[capacity];
        topP = new float[capacity];
        minP = new float[capacity];
        filters = new FilterStep[capacity][];
        repetitionPenalty = new float[capacity];
        presencePenalty = new float[capacity];
        frequencyPenalty = new float[capacity];
        seed = new long[capacity];
        position = new int[capacity];
        countStart = new int[capacity + 1];
        countToken = new int[256];
        countGenerated = new int[256];
        countRepeated = new boolean[256];
        editStart = new int[capacity + 1];
        editToken = new int[256];
        editValue = new float[256];
        mask = new long[capacity][];
        given = new int[capacity];
        topCount = new int[capacity];
        token = new int[capacity];
        logprob = new float[capacity];
        topToken = new int[capacity * MAX_TOP];
        topLogprob = new float[capacity * MAX_TOP];
        Arrays.fill(typicalP, 1);
        Arrays.fill(filters, DEFAULT_FILTERS);
        Arrays.fill(given, NONE);
    }

    /** Makes room for that many counted tokens in all rows together; keeps what is there. */
    public void reserveCounts(int size) {
        if (size > countToken.length) {
            int length = Math.max(size, 2 * countToken.length);
            countToken = Arrays.copyOf(countToken, length);
            countGenerated = Arrays.copyOf(countGenerated, length);
            countRepeated = Arrays.copyOf(countRepeated, length);
        }
    }

    /** Makes room for that many edits in all rows together; keeps what is there. */
    public void reserveEdits(int size) {
        if (size > editToken.length) {
            int length = Math.max(size, 2 * editToken.length);
            editToken = Arrays.copyOf(editToken, length);
            editValue = Arrays.copyOf(editValue, length);
        }
    }

    /** Rows this batch can hold. */
    public int capacity() {
        return token.length;
    }
}
