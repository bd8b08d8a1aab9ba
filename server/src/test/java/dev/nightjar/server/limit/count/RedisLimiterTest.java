package dev.nightjar.server.limit.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

@Tag("full")
class RedisLimiterTest extends LimiterContract {

    private static RedisProcess store;

    private final List<RedisLimiter> opened = new ArrayList<>();

    @BeforeAll
    static void startStore() throws IOException {
        store = RedisProcess.start();
    }

    @AfterAll
    static void stopStore() {
        store.close();
    }

    @AfterEach
    void closeLimiters() {
        opened.forEach(RedisLimiter::close);
    }

    @Override
    Limiter limiter(long recordedToday) {
        return node(recordedToday, Duration.ofSeconds(60));
    }

    private RedisLimiter node(long recordedToday, Duration leaseLife) {
        RedisClient client = RedisStore.connect(URI.create(store.url()));
        RedisLimiter node = new RedisLimiter(client, (caller, day) -> recordedToday, leaseLife);
        opened.add(node);
        return node;
    }

    @Override
    Instant now() {
        return Instant.now();
    }

    @Override
    void pass(Duration time) {
        try {
            Thread.sleep(time.plusMillis(1));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void nodesShareOneBudget() {
        TierLimits limits =
                TierLimits.NONE
                        .withRequestsPerMinute(50)
                        .withConcurrentRequests(30)
                        .withTokensPerDay(1000);
        List<Limiter> nodes = List.of(limiter(0), limiter(0));
        Queue<Decision> decisions = new ConcurrentLinkedQueue<>();
        atOnce(client -> decisions.add(nodes.get(client % 2).admit("shared", limits)));
        List<Limiter.Lease> leases =
                decisions.stream()
                        .filter(Decision.Admitted.class::isInstance)
                        .map(decision -> ((Decision.Admitted) decision).lease())
                        .toList();
        assertEquals(30, leases.size());
        leases.forEach(lease -> nodes.getLast().end(lease, 7));
        for (Limiter node : nodes) {
            Standing standing = node.standing("shared", limits);
            assertEquals(0, standing.running());
            assertEquals(790, standing.dayTokens().orElseThrow().remaining());
        }
    }

    @Test
    void leasesOfADeadNodeExpireAndThoseOfALivingOneDoNot() {
        TierLimits limits = TierLimits.NONE.withConcurrentRequests(2);
        RedisLimiter dying = node(0, Duration.ofMillis(600));
        RedisLimiter living = node(0, Duration.ofMillis(600));
        assertInstanceOf(Decision.Admitted.class, dying.admit("leases", limits));
        assertInstanceOf(Decision.Admitted.class, living.admit("leases", limits));
        assertInstanceOf(Decision.Refused.class, living.admit("leases", limits));
        opened.remove(dying);
        dying.close();
        TestServer.await(
                "the lease of the dead node has expired",
                () -> living.standing("leases", limits).running() == 1);
        pass(Duration.ofMillis(1500));
        assertEquals(1, living.standing("leases", limits).running());
    }

    @Test
    void nothingIsKeptForEver() {
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(5).withTokensPerDay(10);
        Limiter limiter = limiter(0);
        assertInstanceOf(Decision.Admitted.class, limiter.admit("expiring", limits));
        try (RedisClient client = RedisStore.connect(URI.create(store.url()))) {
            long counts = client.ttl("nightjar:limit:{expiring}");
            long leases = client.ttl("nightjar:leases:{expiring}");
            assertTrue(counts > 86_400 && counts <= 2 * 86_400, counts + " s");
            assertTrue(leases > 60 && leases <= 120, leases + " s");
        }
    }

    @Test
    void survivesAStoreThatHasForgottenItsScripts() {
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(5);
        Limiter limiter = limiter(0);
        assertInstanceOf(Decision.Admitted.class, limiter.admit("flushed", limits));
        try (RedisClient client = RedisStore.connect(URI.create(store.url()))) {
            client.scriptFlush();
        }
        assertInstanceOf(Decision.Admitted.class, limiter.admit("flushed", limits));
    }

    @Test
    void saysSoonThatTheStoreIsGone() throws IOException {
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(5);
        RedisLimiter limiter;
        try (RedisProcess own = RedisProcess.start()) {
            limiter = new RedisLimiter(RedisStore.connect(URI.create(own.url())), DayTokens.NONE);
            opened.add(limiter);
            assertInstanceOf(Decision.Admitted.class, limiter.admit("caller", limits));
        }
        assertGivesUpSoon(limiter, "caller", limits);
    }

    @Test
    void aStoreThatHangsIsGivenUpSoon() throws IOException {
        TierLimits limits = TierLimits.NONE.withRequestsPerMinute(5);
        Limiter limiter = limiter(0);
        assertInstanceOf(Decision.Admitted.class, limiter.admit("hanging", limits));
        store.pause();
        try {
            assertGivesUpSoon(limiter, "hanging", limits);
        } finally {
            store.resume();
        }
    }

    private static void assertGivesUpSoon(Limiter limiter, String caller, TierLimits limits) {
        long begin = System.nanoTime();
        assertThrows(LimiterUnavailableException.class, () -> limiter.admit(caller, limits));
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(taken.toSeconds() < 4, taken::toString);
    }
}
