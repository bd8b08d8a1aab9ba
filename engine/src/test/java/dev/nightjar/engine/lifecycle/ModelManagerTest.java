package dev.nightjar.engine.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.lifecycle.ModelManager.Pinning;
import dev.nightjar.engine.lifecycle.ModelNotReadyException.Reason;
import dev.nightjar.engine.lifecycle.ModelSpec.Loading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelManagerTest {

    private static final ManagerConfig QUICK =
            ManagerConfig.defaults()
                    .withRoomPatience(Duration.ofMillis(50))
                    .withRetryAfter(Duration.ofMillis(300));

    private final FakeHost host = new FakeHost();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private ModelManager manager = new ModelManager(host, QUICK);

    @AfterEach
    void close() {
        host.gate.countDown();
        callers.shutdownNow();
        manager.close();
        assertEquals(0, host.openBytes(), "everything is released in the end");
    }

    private void use(ManagerConfig config, ModelSpec... specs) {
        manager.close();
        manager = new ModelManager(host, config);
        List.of(specs).forEach(manager::add);
    }

    private static ModelSpec lazy(String name) {
        return FakeHost.spec(name, 100).withLoading(Loading.LAZY);
    }

    private ModelState state(String name) {
        return manager.status(name).orElseThrow().state();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        // Counted in looks, as a machine may stand still for longer than any time limit.
        for (int looks = 0; !condition.getAsBoolean(); looks++) {
            assertTrue(looks < 5000, "waited in vain until " + what);
            Thread.sleep(2);
        }
    }

    @Test
    void requestsForAModelWaitForOneLoad() throws Exception {
        use(QUICK, lazy("a"));
        host.gate = new CountDownLatch(1);
        List<Future<ModelLease>> leases = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            leases.add(callers.submit(() -> manager.acquire("a")));
        }
        await("it is loading", () -> state("a") == ModelState.LOADING);
        host.gate.countDown();
        for (Future<ModelLease> lease : leases) {
            ModelInstance lent = lease.get(10, TimeUnit.SECONDS).model();
            assertSame(host.instances.getFirst(), lent);
        }
        assertEquals(1, host.instances.size());
        assertEquals(20, manager.status("a").orElseThrow().inFlight());
    }

    @Test
    void onlySoManyWaitAndOnlySoLong() throws Exception {
        use(QUICK.withMaxWaiting(1).withLoadPatience(Duration.ofMillis(200)), lazy("a"));
        host.gate = new CountDownLatch(1);
        Future<Reason> first = callers.submit(() -> refused(() -> manager.acquire("a")).reason());
        await("it is loading", () -> state("a") == ModelState.LOADING);
        Thread.sleep(20);
        assertEquals(Reason.TOO_MANY_WAITING, refused(() -> manager.acquire("a")).reason());
        assertEquals(Reason.LOADING, first.get(10, TimeUnit.SECONDS));
    }

    private static ModelNotReadyException refused(Callable<?> call) {
        return assertThrows(ModelNotReadyException.class, call::call);
    }

    @Test
    void unloadingWaitsForTheLastLease() throws Exception {
        use(QUICK, FakeHost.spec("a", 100));
        manager.load("a");
        ModelLease lease = manager.acquire("a");
        Future<?> unloading =
                callers.submit(
                        () -> {
                            manager.unload("a", Optional.empty());
                            return null;
                        });
        await("it drains", () -> state("a") == ModelState.DRAINING);
        assertEquals(Reason.UNLOADED, refused(() -> manager.acquire("a")).reason());
        assertFalse(host.instances.getFirst().isClosed);
        lease.close();
        lease.close();
        unloading.get(10, TimeUnit.SECONDS);
        assertTrue(host.instances.getFirst().isClosed);
        assertEquals(ModelState.UNLOADED, state("a"));
        manager.load("a");
        assertEquals(ModelState.READY, state("a"));
    }

    @Test
    void aTimeLimitEndsWhatStillRuns() throws Exception {
        use(QUICK, lazy("a"));
        ModelLease lease = manager.acquire("a");
        manager.unload("a", Optional.of(Duration.ofMillis(50)));
        assertTrue(host.instances.getFirst().isClosed);
        lease.close();
        manager.acquire("a").close(); // it is lazy, so the next request brings it back
        assertEquals(2, host.instances.size());
    }

    @Test
    void reloadingServesOldRequestsToTheirEnd() throws Exception {
        use(QUICK, FakeHost.spec("a", 100));
        manager.load("a");
        ModelLease old = manager.acquire("a");
        manager.reload("a");
        ModelLease fresh = manager.acquire("a");
        assertNotSame(old.model(), fresh.model());
        assertFalse(host.instances.getFirst().isClosed);
        old.close();
        await("the old one is gone", () -> host.instances.getFirst().isClosed);
        assertFalse(host.instances.getLast().isClosed);
        assertEquals(ModelState.READY, state("a"));
    }

    /** Where the budget holds one of them only, requests wait and none fails. */
    @Test
    void reloadingWithoutRoomForTwoWaits() throws Exception {
        use(QUICK.withBudgetBytes(150), FakeHost.spec("a", 100));
        manager.load("a");
        ModelLease old = manager.acquire("a");
        Future<?> reloading = callers.submit(() -> manager.reload("a"));
        await("the old one drains", () -> state("a") == ModelState.LOADING);
        Future<ModelLease> next = callers.submit(() -> manager.acquire("a"));
        Thread.sleep(100);
        assertFalse(next.isDone());
        old.close();
        reloading.get(10, TimeUnit.SECONDS);
        ModelInstance lent = next.get(10, TimeUnit.SECONDS).model();
        assertSame(host.instances.getLast(), lent);
        assertTrue(host.instances.getFirst().isClosed);
    }

    @Test
    void theOneUsedLongestAgoMakesRoomAndThePinnedStays() throws Exception {
        use(QUICK.withBudgetBytes(250), lazy("a").pinned(), lazy("b"), lazy("c"));
        for (int round = 0; round < 3; round++) {
            for (String name : List.of("a", "b", "c")) {
                manager.acquire(name).close();
                assertTrue(manager.usedBytes() <= 250, "never more than the budget");
            }
        }
        assertEquals(1, host.of("a").size(), "a stayed");
        assertEquals(3, host.of("b").size());
        assertEquals(ModelState.READY, state("c"));
        await("b is gone", () -> state("b") == ModelState.UNLOADED);
        await("memory is back", () -> host.openBytes() == 200);
    }

    @Test
    void whenNothingCanLeaveTheErrorTellsTheNumbers() throws Exception {
        use(QUICK.withBudgetBytes(3L << 20), big("a"), big("b"));
        ModelLease busy = manager.acquire("a");
        ModelNotReadyException refusal = refused(() -> manager.acquire("b"));
        assertEquals(Reason.NO_ROOM, refusal.reason());
        assertTrue(
                refusal.getMessage().contains("needs 2.00 MiB")
                        && refusal.getMessage().contains("budget of 3.00 MiB"),
                refusal::getMessage);
        assertTrue(refusal.retryAfter().isPositive());
        busy.close();
        manager.acquire("b").close();
        assertEquals(1, host.of("b").size());
    }

    private static ModelSpec big(String name) {
        return FakeHost.spec(name, 2L << 20).withLoading(Loading.LAZY);
    }

    /** A load waits a moment for a model in use. */
    @Test
    void aLoadWaitsForAModelToBecomeIdle() throws Exception {
        use(
                QUICK.withBudgetBytes(150).withRoomPatience(Duration.ofSeconds(10)),
                lazy("a"),
                lazy("b"));
        ModelLease busy = manager.acquire("a");
        Future<ModelLease> waiting = callers.submit(() -> manager.acquire("b"));
        Thread.sleep(50);
        assertFalse(waiting.isDone());
        busy.close();
        waiting.get(10, TimeUnit.SECONDS).close();
        assertTrue(host.of("a").getFirst().isClosed);
    }

    @Test
    void failedLoadsSayWhyAndCanBeTriedAgain() throws Exception {
        use(QUICK, lazy("a"));
        host.failures.put("a", new IllegalStateException("the file is damaged"));
        ModelNotReadyException refusal = refused(() -> manager.acquire("a"));
        assertEquals(Reason.FAILED, refusal.reason());
        assertTrue(refusal.getMessage().contains("the file is damaged"), refusal::getMessage);
        assertEquals(ModelState.FAILED, state("a"));
        assertEquals(Optional.of("the file is damaged"), manager.status("a").orElseThrow().error());
        assertThrows(IllegalStateException.class, () -> manager.load("a"));
        host.failures.clear();
        assertEquals(Reason.FAILED, refused(() -> manager.acquire("a")).reason(), "not at once");
        Thread.sleep(350);
        manager.acquire("a").close();
        assertEquals(Optional.empty(), manager.status("a").orElseThrow().error());
    }

    @Test
    void idleModelsLeaveUnlessTheyArePinned() throws Exception {
        ModelSpec a = lazy("a").withKeepAlive(Duration.ofMillis(50));
        use(QUICK, a, lazy("b").withKeepAlive(Duration.ofMillis(50)));
        ModelLease busy = manager.acquire("a");
        manager.acquire("b").close();
        manager.pin("b", Pinning.PINNED);
        Thread.sleep(400);
        assertEquals(ModelState.READY, state("a"), "it is in use");
        assertEquals(ModelState.READY, state("b"), "it is pinned");
        busy.close();
        manager.pin("b", Pinning.FREE);
        await("both leave", () -> host.openBytes() == 0);
        manager.acquire("a").close();
        assertEquals(2, host.of("a").size());
    }

    /** A processor that has nothing to do is not woken. */
    @Test
    void nothingIsLookedAtWhileNothingCanChange() throws Exception {
        use(
                QUICK,
                FakeHost.spec("fixed", 1),
                FakeHost.spec("growing", 1).withReplicas(new Replicas(1, 2)),
                FakeHost.spec("leaving", 1).withKeepAlive(Duration.ofMillis(200)));
        assertTrue(manager.isAsleep());
        manager.load("fixed");
        manager.acquire("fixed").close();
        manager.load("growing");
        assertTrue(manager.isAsleep(), "it is at its least and idle");
        try (ModelLease lease = manager.acquire("growing")) {
            assertFalse(manager.isAsleep(), "it may grow");
            assertFalse(((FakeHost.Instance) lease.model()).isClosed);
        }
        await("nothing is left to look after", manager::isAsleep);
        manager.load("leaving");
        assertFalse(manager.isAsleep(), "it is to be unloaded");
        await("it is unloaded", () -> state("leaving") == ModelState.UNLOADED);
        await("nothing is left to look after", manager::isAsleep);
    }

    /** Whatever happens at the same time, a lease is on a model that is open. */
    @Test
    void noLeaseIsEverOnAClosedModel() throws Exception {
        use(
                QUICK.withBudgetBytes(250).withRoomPatience(Duration.ofSeconds(10)),
                lazy("a"),
                lazy("b"),
                lazy("c"));
        List<String> names = List.of("a", "b", "c");
        List<Future<?>> users = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            users.add(callers.submit(() -> useAtRandom(names)));
        }
        for (int i = 0; i < 18; i++) {
            String name = names.get(i % 3);
            if (i % 2 == 0) {
                manager.retire(name);
            } else {
                manager.reload(name);
            }
        }
        for (Future<?> user : users) {
            user.get(30, TimeUnit.SECONDS);
        }
        assertTrue(host.instances.size() > 3);
    }

    private Void useAtRandom(List<String> names) throws InterruptedException {
        for (int i = 0; i < 12; i++) {
            String name = names.get(ThreadLocalRandom.current().nextInt(3));
            try (ModelLease lease = manager.acquire(name)) {
                FakeHost.Instance instance = (FakeHost.Instance) lease.model();
                assertEquals(name, instance.name);
                for (int look = 0; look < 3; look++) {
                    assertFalse(instance.isClosed, "lent and closed");
                    Thread.sleep(1);
                }
            }
        }
        return null;
    }
}
