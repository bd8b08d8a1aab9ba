package dev.nightjar.server.limit.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LocalLimiterTest extends LimiterContract {

    private static final Instant BEGIN = Instant.parse("2026-11-30T23:59:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE / 4);

    @Override
    Limiter limiter(long recordedToday) {
        return limiter(100, recordedToday);
    }

    private LocalLimiter limiter(int maxCallers, long recordedToday) {
        return new LocalLimiter(maxCallers, (caller, day) -> recordedToday, nanos::get, this::now);
    }

    @Override
    Instant now() {
        return BEGIN.plusNanos(nanos.get() - Long.MAX_VALUE / 4);
    }

    @Override
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void theDayBeginsAnewAtMidnight() {
        TierLimits limits = TierLimits.NONE.withTokensPerDay(10);
        Limiter limiter = limiter(0);
        limiter.end(admitted(limiter, limits), 12);
        assertEquals(Duration.ofMinutes(1), refusal(limiter, limits).retryAfter());
        pass(Duration.ofMinutes(1));
        admitted(limiter, limits);
    }

    @Test
    void namesTheLongestWait() {
        TierLimits limits =
                TierLimits.NONE
                        .withRequestsPerMinute(1)
                        .withConcurrentRequests(1)
                        .withTokensPerMinute(10);
        Limiter limiter = limiter(0);
        Limiter.Lease lease = admitted(limiter, limits);
        assertEquals(LimitKind.REQUESTS_PER_MINUTE, refusal(limiter, limits).kind());
        limiter.end(lease, 30);
        assertEquals(LimitKind.TOKENS_PER_MINUTE, refusal(limiter, limits).kind());
        assertEquals(Duration.ofSeconds(126), refusal(limiter, limits).retryAfter());
    }

    @Test
    void remembersAsManyCallersAsToldAndNeverForgetsARunningOne() {
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(1).withConcurrentRequests(1);
        LocalLimiter limiter = limiter(10, 0);
        assertInstanceOf(Decision.Admitted.class, limiter.admit("running", limits));
        for (int i = 0; i < 1000; i++) {
            Decision decision = limiter.admit("passing-" + i, limits);
            limiter.end(assertInstanceOf(Decision.Admitted.class, decision).lease(), 1);
        }
        assertEquals(10, limiter.numCallers());
        assertEquals(1, limiter.standing("running", limits).running());
        assertInstanceOf(Decision.Refused.class, limiter.admit("passing-999", limits));
    }

    /** Many small steps bring what one large step brings. */
    @Property
    void nothingIsLostToRounding(
            @ForAll @LongRange(min = 1, max = TierLimits.MAX_PER_MINUTE) long limit,
            @ForAll @Size(max = 50) List<@IntRange(min = 0, max = 2_000_000) Integer> steps) {
        TokenBucket stepwise = new TokenBucket(limit, 0);
        TokenBucket once = new TokenBucket(limit, 0);
        stepwise.take(3 * limit);
        once.take(3 * limit);
        long now = 0;
        for (int step : steps) {
            now += step;
            stepwise.fill(limit, now);
        }
        once.fill(limit, now);
        assertEquals(once.shares(), stepwise.shares());
    }

    /** Whatever was taken, waiting as long as told brings one, and waiting less does not. */
    @Property
    void waitsExactlyAsLongAsNeeded(
            @ForAll @LongRange(min = 1, max = TierLimits.MAX_PER_MINUTE) long limit,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long taken) {
        TokenBucket bucket = new TokenBucket(limit, 0);
        bucket.take(taken);
        long wait = TokenBucket.micros(TokenBucket.SHARES - bucket.shares(), limit);
        if (wait > 0) {
            bucket.fill(limit, wait - 1);
            assertEquals(true, bucket.shares() < TokenBucket.SHARES);
        }
        bucket.fill(limit, wait);
        assertEquals(true, bucket.shares() >= TokenBucket.SHARES);
    }
}
