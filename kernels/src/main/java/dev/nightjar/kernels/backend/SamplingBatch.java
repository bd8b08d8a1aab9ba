package dev.nightjar.kernels.backend;

/**
 * Parameters and results of the sampling op, one row per sequence; persistent, refilled each step.
 *
 * <p>The op applies, per row and in this order: penalties, token mask, then either argmax
 * (temperature 0) or temperature, top-k, top-p, min-p and a draw with the uniform number that
 * {@code (seed, position)} determine; so a draw depends on nothing else in the batch.
 */
public final class SamplingBatch {

    /** 0 is greedy. */
    public final float[] temperature;

    /** Keeps the k largest; 0 keeps all. */
    public final int[] topK;

    /** Keeps the smallest set with at least this mass; 1 keeps all. */
    public final float[] topP;

    /** Keeps tokens of at least this share of the largest probability; 0 keeps all. */
    public final float[] minP;

    /** Divides positive and multiplies negative logits of tokens seen anywhere; 1 is off. */
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
     * countStart[s+1])} of the next two arrays.
     */
    public final int[] countStart;

    /** Distinct token ids seen in prompt or completion; grows as needed. */
    public int[] countToken;

    /** Occurrences of that token in the completion; 0 if only the prompt holds it. */
    public int[] countGenerated;

    /** Allowed tokens per row as a bit set of {@code ceil(V / 64)} words; a null row allows all. */
    public final long[][] mask;

    /** Result: the chosen token. */
    public final int[] token;

    /** Result: natural log of the chosen token's probability before temperature and filters. */
    public final float[] logprob;

    /** Room for {@code capacity} rows. */
    public SamplingBatch(int capacity) {
        temperature = new float[capacity];
        topK = new int[capacity];
        topP = new float[capacity];
        minP = new float[capacity];
        repetitionPenalty = new float[capacity];
        presencePenalty = new float[capacity];
        frequencyPenalty = new float[capacity];
        seed = new long[capacity];
        position = new int[capacity];
        countStart = new int[capacity + 1];
        countToken = new int[256];
        countGenerated = new int[256];
        mask = new long[capacity][];
        token = new int[capacity];
        logprob = new float[capacity];
    }

    /** Rows this batch can hold. */
    public int capacity() {
        return token.length;
    }
}
