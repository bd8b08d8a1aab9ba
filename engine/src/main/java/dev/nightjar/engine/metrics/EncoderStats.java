package dev.nightjar.engine.metrics;

/**
 * A snapshot of one encoder's counters; all but the last only grow.
 *
 * @param steps forward passes
 * @param sequences texts and pairs computed
 * @param tokens tokens computed
 * @param waiting requests that have not ended
 */
public record EncoderStats(long steps, long sequences, long tokens, int waiting) {}
