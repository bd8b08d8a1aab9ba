package dev.nightjar.server.dialect.openai;

import java.time.Duration;
import java.util.Optional;

/**
 * How long answers may take and be silent.
 *
 * @param pingInterval the longest silence of an event stream
 * @param timeout ends a request that takes longer, waiting included
 */
public record AnswerLimits(Duration pingInterval, Optional<Duration> timeout) {}
