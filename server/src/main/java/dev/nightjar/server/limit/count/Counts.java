package dev.nightjar.server.limit.count;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a caller has used, as counted at one moment. The one place that says which counts refuse a
 * request, for how long, and what is left.
 *
 * @param requestShares what its bucket of requests holds, in {@link TokenBucket#SHARES}
 * @param tokenShares what its bucket of tokens holds, in shares
 * @param running requests that run
 * @param usedToday tokens of this day
 * @param now the moment, which also says which day it is
 */
record Counts(long requestShares, long tokenShares, long running, long usedToday, Instant now) {

    /** Nobody knows when a running request ends; a second is a fair time to ask again. */
    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    /** Why one more request is to be refused, if it is; of several reasons the longest. */
    Optional<Decision.Refused> refusal(TierLimits limits) {
        LimitKind longest = null;
        Duration wait = Duration.ZERO;
        for (LimitKind kind : LimitKind.values()) {
            Optional<Duration> found = wait(kind, limits);
            if (found.isPresent() && found.get().compareTo(wait) > 0) {
                longest = kind;
                wait = found.get();
            }
        }
        return longest == null
                ? Optional.empty()
                : Optional.of(
                        new Decision.Refused(
                                longest, limits.of(longest).getAsLong(), wait, standing(limits)));
    }

    /** What is left. */
    Standing standing(TierLimits limits) {
        return new Standing(
                limits.find(LimitKind.REQUESTS_PER_MINUTE).map(most -> level(requestShares, most)),
                limits.find(LimitKind.TOKENS_PER_MINUTE).map(most -> level(tokenShares, most)),
                limits.find(LimitKind.TOKENS_PER_DAY).map(this::dayLevel),
                running);
    }

    /** How long a limit keeps one more request from running, if it does. */
    private Optional<Duration> wait(LimitKind kind, TierLimits limits) {
        return limits.find(kind)
                .flatMap(
                        most ->
                                switch (kind) {
                                    case CONCURRENT_REQUESTS -> when(running >= most, NEXT_TRY);
                                    case REQUESTS_PER_MINUTE -> untilOne(requestShares, most);
                                    case TOKENS_PER_MINUTE -> untilOne(tokenShares, most);
                                    case TOKENS_PER_DAY -> when(usedToday >= most, untilTomorrow());
                                });
    }

    private static Optional<Duration> untilOne(long shares, long most) {
        long missing = TokenBucket.SHARES - shares;
        return when(missing > 0, micros(missing, most));
    }

    private static Optional<Duration> when(boolean isSo, Duration wait) {
        return isSo ? Optional.of(wait) : Optional.empty();
    }

    private static Standing.Level level(long shares, long most) {
        return new Standing.Level(
                most,
                Math.max(0, shares / TokenBucket.SHARES),
                micros(most * TokenBucket.SHARES - shares, most));
    }

    private Standing.Level dayLevel(long most) {
        return new Standing.Level(
                most,
                Math.max(0, most - usedToday),
                usedToday == 0 ? Duration.ZERO : untilTomorrow());
    }

    private Duration untilTomorrow() {
        LocalDate tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        return Duration.between(now, tomorrow.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static Duration micros(long shares, long most) {
        return Duration.of(TokenBucket.micros(shares, most), ChronoUnit.MICROS);
    }
}
