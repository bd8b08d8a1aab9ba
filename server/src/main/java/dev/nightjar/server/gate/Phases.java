package dev.nightjar.server.gate;

/**
 * Where the time of a sequence went.
 *
 * @param queueNanos from submission to its first step
 * @param prefillNanos from there to its first token
 * @param decodeNanos from there to its last token
 */
public record Phases(long queueNanos, long prefillNanos, long decodeNanos) {}
