package dev.nightjar.server.limit.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every limiter does, wherever it counts. */
abstract class LimiterContract {

    static final int CLIENTS = 64;

    private final String caller = "caller-" + UUID.randomUUID();

    /** The one under test, with this many tokens recorded for each caller today. */
    abstract Limiter limiter(long recordedToday);

    /** By the clock that it goes by. */
    abstract Instant now();

    /** Lets time pass on that clock. */
    abstract void pass(Duration time);

    @Test
    void admitsExactlyTheRequestsOfAMinuteAtOnce() {
        int most = 40;
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(most);
        Limiter limiter = limiter(0);
        Instant begin = now();
        Queue<Decision> decisions = new ConcurrentLinkedQueue<>();
        atOnce(client -> decisions.add(limiter.admit(caller, limits)));
        atOnce(client -> decisions.add(limiter.admit(caller, limits)));
        long refilled = Duration.between(begin, now()).toMillis() * most / 60_000;
        long admitted = numAdmitted(decisions);
        assertEquals(2 * CLIENTS, decisions.size());
        assertTrue(admitted >= most && admitted <= most + refilled, admitted + " admitted");
    }

    @Test
    void admitsExactlyAsManyAsMayRun() {
        TierLimits limits = TierLimits.NONE.withConcurrentRequests(10);
        Limiter limiter = limiter(0);
        Queue<Decision> decisions = new ConcurrentLinkedQueue<>();
        atOnce(client -> decisions.add(limiter.admit(caller, limits)));
        assertEquals(10, numAdmitted(decisions));
        List<Limiter.Lease> leases = leases(decisions);
        leases.subList(0, 3).forEach(lease -> limiter.end(lease, 0));
        assertEquals(7, limiter.standing(caller, limits).running());
        decisions.clear();
        atOnce(client -> decisions.add(limiter.admit(caller, limits)));
        assertEquals(3, numAdmitted(decisions));
        assertEquals(LimitKind.CONCURRENT_REQUESTS, refusal(limiter, limits).kind());
    }

    @Test
    void neverRunsMoreThanAllowedWhileRequestsComeAndGo() {
        TierLimits limits = TierLimits.NONE.withConcurrentRequests(5);
        Limiter limiter = limiter(0);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        atOnce(
                client -> {
                    for (int i = 0; i < 20; i++) {
                        if (limiter.admit(caller, limits)
                                instanceof
                                Decision.Admitted(Limiter.Lease lease, Standing standing)) {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            running.decrementAndGet();
                            limiter.end(lease, 1);
                        }
                    }
                });
        assertTrue(most.get() >= 1 && most.get() <= 5, most + " ran at once");
        assertEquals(0, limiter.standing(caller, limits).running());
    }

    @Test
    void chargesTokensWhenARequestEnds() {
        TierLimits limits = TierLimits.NONE.withTokensPerMinute(10);
        Limiter limiter = limiter(0);
        limiter.end(admitted(limiter, limits), 4);
        assertEquals(6, limiter.standing(caller, limits).tokens().orElseThrow().remaining());
        Limiter.Lease running = admitted(limiter, limits);
        limiter.end(admitted(limiter, limits), 6);
        Decision.Refused empty = refusal(limiter, limits);
        assertEquals(LimitKind.TOKENS_PER_MINUTE, empty.kind());
        assertEquals(10, empty.limit());
        assertWait(Duration.ofSeconds(6), empty.retryAfter());
        limiter.end(running, 5); // what it used is charged though it is not there
        Decision.Refused inDebt = refusal(limiter, limits);
        assertWait(Duration.ofSeconds(36), inDebt.retryAfter());
        assertEquals(0, inDebt.standing().tokens().orElseThrow().remaining());
        assertWait(Duration.ofSeconds(90), inDebt.standing().tokens().orElseThrow().reset());
    }

    @Test
    void chargesExactlyWhateverEndsAtTheSameTime() {
        long most = 1_000_000;
        TierLimits limits = TierLimits.NONE.withTokensPerDay(most).withConcurrentRequests(CLIENTS);
        Limiter limiter = limiter(0);
        atOnce(
                client -> {
                    for (int i = 0; i < 5; i++) {
                        limiter.end(admitted(limiter, limits), client + i);
                    }
                });
        long used = IntStream.range(0, CLIENTS).mapToLong(client -> 5L * client + 10).sum();
        Standing standing = limiter.standing(caller, limits);
        assertEquals(most - used, standing.dayTokens().orElseThrow().remaining());
        assertEquals(0, standing.running());
    }

    @Test
    void countsADayFromWhatWasRecorded() {
        TierLimits limits = TierLimits.NONE.withTokensPerDay(100);
        Limiter limiter = limiter(90);
        limiter.end(admitted(limiter, limits), 9);
        limiter.end(admitted(limiter, limits), 50);
        Decision.Refused full = refusal(limiter, limits);
        assertEquals(LimitKind.TOKENS_PER_DAY, full.kind());
        assertTrue(full.retryAfter().compareTo(Duration.ofDays(1)) <= 0, full::toString);
        assertEquals(0, full.standing().tokens().orElseThrow().remaining());
    }

    @Test
    void takesNothingFromWhomItRefuses() {
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(30).withConcurrentRequests(1);
        Limiter limiter = limiter(0);
        Limiter.Lease lease = admitted(limiter, limits);
        long left = limiter.standing(caller, limits).requests().orElseThrow().remaining();
        assertEquals(29, left);
        for (int i = 0; i < 5; i++) {
            assertEquals(LimitKind.CONCURRENT_REQUESTS, refusal(limiter, limits).kind());
        }
        long after = limiter.standing(caller, limits).requests().orElseThrow().remaining();
        assertTrue(after >= left, left + " became " + after);
        limiter.end(lease, 0);
        admitted(limiter, limits);
    }

    @Test
    void fillsEvenly() {
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(600); // one in 100 ms
        Limiter limiter = limiter(0);
        Instant begin = now();
        for (int i = 0; i < 600; i++) {
            limiter.admit(caller, limits);
        }
        Decision last = limiter.admit(caller, limits);
        while (last instanceof Decision.Admitted
                && Duration.between(begin, now()).toSeconds() < 30) {
            last = limiter.admit(caller, limits); // while it was emptied, it filled
        }
        Duration wait = refused(last).retryAfter();
        assertTrue(wait.compareTo(Duration.ofMillis(100)) <= 0, wait::toString);
        pass(wait);
        admitted(limiter, limits);
        pass(Duration.ofMillis(300));
        long left = limiter.standing(caller, limits).requests().orElseThrow().remaining();
        assertTrue(left >= 3, left + " left");
    }

    @Test
    void callersDoNotTouchEachOther() {
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(1);
        Limiter limiter = limiter(0);
        admitted(limiter, limits);
        assertInstanceOf(Decision.Refused.class, limiter.admit(caller, limits));
        assertInstanceOf(Decision.Admitted.class, limiter.admit(caller + "-2", limits));
    }

    @Test
    void limitsMayChange() {
        Limiter limiter = limiter(0);
        TierLimits few = TierLimits.NONE.withRequestsPerMinute(1);
        admitted(limiter, few);
        assertEquals(
                OptionalLong.of(1), OptionalLong.of(refused(limiter.admit(caller, few)).limit()));
        admitted(limiter, TierLimits.NONE.withConcurrentRequests(5));
        TierLimits lower = TierLimits.NONE.withTokensPerMinute(10);
        limiter.standing(caller, TierLimits.NONE.withTokensPerMinute(1000));
        long left = limiter.standing(caller, lower).tokens().orElseThrow().remaining();
        assertEquals(10, left);
    }

    @Test
    void anEndedLeaseHoldsNothing() {
        TierLimits limits = TierLimits.NONE.withConcurrentRequests(2).withTokensPerDay(100);
        Limiter limiter = limiter(0);
        Limiter.Lease first = admitted(limiter, limits);
        admitted(limiter, limits);
        limiter.end(first, 1);
        limiter.end(first, 1);
        Standing standing = limiter.standing(caller, limits);
        assertEquals(1, standing.running());
        assertEquals(98, standing.dayTokens().orElseThrow().remaining());
    }

    Limiter.Lease admitted(Limiter limiter, TierLimits limits) {
        return assertInstanceOf(Decision.Admitted.class, limiter.admit(caller, limits)).lease();
    }

    Decision.Refused refusal(Limiter limiter, TierLimits limits) {
        return refused(limiter.admit(caller, limits));
    }

    static Decision.Refused refused(Decision decision) {
        return assertInstanceOf(Decision.Refused.class, decision);
    }

    /** Runs one client per thread, all beginning together. */
    static void atOnce(IntConsumer client) {
        CountDownLatch begin = new CountDownLatch(1);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads =
                IntStream.range(0, CLIENTS)
                        .mapToObj(
                                i ->
                                        Thread.ofPlatform()
                                                .start(
                                                        () -> {
                                                            try {
                                                                begin.await();
                                                                client.accept(i);
                                                            } catch (Throwable failed) {
                                                                failures.add(failed);
                                                            }
                                                        }))
                        .toList();
        begin.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    private static long numAdmitted(Queue<Decision> decisions) {
        return leases(decisions).size();
    }

    private static List<Limiter.Lease> leases(Queue<Decision> decisions) {
        return decisions.stream()
                .filter(Decision.Admitted.class::isInstance)
                .map(decision -> ((Decision.Admitted) decision).lease())
                .toList();
    }

    /** As long as expected, less what passed on a clock that cannot be held. */
    private static void assertWait(Duration expected, Duration found) {
        Duration least = expected.minusSeconds(3);
        assertTrue(
                found.compareTo(least) >= 0 && found.compareTo(expected) <= 0,
                () -> "expected about %s, found %s".formatted(expected, found));
    }
}
