package dev.nightjar.server.auth;

import dev.nightjar.server.store.AuditTable;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreConfig;
import dev.nightjar.server.store.StoreException;
import dev.nightjar.server.store.UsageTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes down what was gathered every few seconds, and removes what is too old every hour. */
final class Upkeep implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    /** However young they are: about 100 MB. */
    private static final int MAX_AUDIT_EVENTS = 500_000;

    private final Store store;
    private final Tokens tokens;
    private final AuditLog audit;
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("store-upkeep").unstarted(this::run);

    Upkeep(Store store, Tokens tokens, AuditLog audit) {
        this.store = store;
        this.tokens = tokens;
        this.audit = audit;
    }

    /** Begins; further calls do nothing. */
    void start() {
        if (isStarted.compareAndSet(false, true)) {
            thread.start();
        }
    }

    @Override
    public void close() {
        if (isStarted.get()) {
            stop.countDown();
            join();
            write();
        }
    }

    private void run() {
        long nextCleaning = System.nanoTime();
        while (!isStopped()) {
            if (System.nanoTime() - nextCleaning >= 0) {
                nextCleaning = System.nanoTime() + BETWEEN_CLEANINGS.toNanos();
                attempt(this::clean);
            }
            write();
        }
    }

    /** Waits a while. Nobody interrupts this thread: that would close the database's file. */
    private boolean isStopped() {
        try {
            return stop.await(BETWEEN_WRITES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException unexpected) {
            return true;
        }
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        attempt(
                () -> {
                    tokens.flush();
                    audit.flush();
                });
    }

    private void clean() {
        store.config().ifPresent(this::clean);
    }

    private void clean(StoreConfig config) {
        Instant now = Instant.now();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        new UsageTable(store).removeBefore(today.minusDays(config.usageRetention().toDays()));
        new AuditTable(store).trim(now.minus(config.auditRetention()), MAX_AUDIT_EVENTS);
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (StoreException failed) {
            LOG.log(System.Logger.Level.WARNING, "the database cannot be kept up", failed);
        }
    }
}
