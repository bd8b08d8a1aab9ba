package dev.nightjar.kernels.cpu.simd.attention;

/**
 * What one thread computes at a time: neighbouring queries of one sequence, all query heads of
 * neighbouring KV heads, neighbouring spans of tokens. Filled anew by {@link AttentionPlan}.
 */
public final class AttentionUnit {

    /** Row of q and out of the first query. */
    int firstQuery;

    int numQueries;

    /** Position of the first query in its sequence. */
    int position;

    /** Where the block table of the sequence begins. */
    int tableStart;

    int firstKvHead;

    int numKvHeads;

    /** Spans {@code [firstSpan, endSpan)} are this unit's. */
    int firstSpan;

    int endSpan;

    /** Spans {@code [tileSpan, tileEnd)} are those that the queries see. */
    int tileSpan;

    int tileEnd;

    /** Which queries and heads these are; units of the same group share their results. */
    int group;

    /** Units of the group; 1 if this one computes all spans. */
    int parts;

    /** Row of {@link SpanResults} where those of the group begin, if there are several parts. */
    int resultStart;

    /** Keys and values are widened in registers; worth it for few rows only. */
    boolean isDirect;
}
