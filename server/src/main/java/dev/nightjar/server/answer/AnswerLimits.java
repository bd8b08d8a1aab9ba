package dev.nightjar.server.answer;

import java.time.Duration;
import java.util.Optional;

/**
 * How long answers may take and be silent.
 *
 * @param pingInterval the longest silence of an event stream
 * @param timeout ends a request that takes longer, waiting included, unless it says otherwise
 * @param maxTimeout the longest time a request may ask for
 */
public record AnswerLimits(Duration pingInterval, Optional<Duration> timeout, Duration maxTimeout) {

    /** The same for a dialect with a time limit of its own, which an operator's limit replaces. */
    public AnswerLimits orTimeout(Duration ofDialect) {
        return new AnswerLimits(pingInterval, timeout.or(() -> Optional.of(ofDialect)), maxTimeout);
    }
}
