package dev.nightjar.server.limit.count;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What one caller has used, on this node. Not thread-safe. */
final class CallerState {

    private final Set<String> running = new HashSet<>();
    private Optional<TokenBucket> requests = Optional.empty();
    private Optional<TokenBucket> tokens = Optional.empty();
    private LocalDate day;
    private long usedToday;

    /** Beginning with what was used on a day. */
    CallerState(LocalDate day, long usedToday) {
        this.day = day;
        this.usedToday = usedToday;
    }

    /** What counts now. */
    Counts counts(TierLimits limits, long nowMicros, Instant now) {
        requests = filled(requests, limits.find(LimitKind.REQUESTS_PER_MINUTE), nowMicros);
        tokens = filled(tokens, limits.find(LimitKind.TOKENS_PER_MINUTE), nowMicros);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (today.isAfter(day)) {
            day = today;
            usedToday = 0;
        }
        return new Counts(
                requests.map(TokenBucket::shares).orElse(0L),
                tokens.map(TokenBucket::shares).orElse(0L),
                running.size(),
                usedToday,
                now);
    }

    /** Counts a request that begins. */
    void begin(String lease) {
        running.add(lease);
        requests.ifPresent(bucket -> bucket.take(1));
    }

    /** Counts what a request used, and that it has ended. */
    void end(String lease, long used) {
        running.remove(lease);
        tokens.ifPresent(bucket -> bucket.take(used));
        usedToday += used;
    }

    /** Whether a request of it runs. */
    boolean isRunning() {
        return !running.isEmpty();
    }

    private static Optional<TokenBucket> filled(
            Optional<TokenBucket> bucket, Optional<Long> limit, long nowMicros) {
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        TokenBucket known = bucket.orElseGet(() -> new TokenBucket(limit.get(), nowMicros));
        known.fill(limit.get(), nowMicros);
        return Optional.of(known);
    }
}
