package dev.nightjar.engine.metrics;

/**
 * A snapshot of the counters of one model of rows; all but the last only grow.
 *
 * @param batches times that the model computed
 * @param requests that were answered, those refused for their content included
 * @param rows predicted
 * @param waiting requests that have not ended
 */
public record RowStats(long batches, long requests, long rows, int waiting) {}
