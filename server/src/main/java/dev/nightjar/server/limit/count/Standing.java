package dev.nightjar.server.limit.count;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of its limits a caller has left.
 *
 * @param requests of those per minute, if they are limited
 * @param minuteTokens of those per minute, if they are limited
 * @param dayTokens of those per day, if they are limited
 * @param running requests that run now
 */
public record Standing(
        Optional<Level> requests,
        Optional<Level> minuteTokens,
        Optional<Level> dayTokens,
        long running) {

    /**
     * What is left of one limit.
     *
     * @param limit the most there can be
     * @param remaining what is there, never below 0
     * @param reset when all of it is there again if nothing more is used
     */
    public record Level(long limit, long remaining, Duration reset) {}

    /** The limit of tokens of which the least is left, which is what stops the caller first. */
    public Optional<Level> tokens() {
        return Stream.of(minuteTokens, dayTokens)
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(Level::remaining));
    }
}
