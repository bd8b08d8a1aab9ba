package dev.nightjar.server.usage;

import dev.nightjar.server.limit.count.DayTokens;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreException;
import dev.nightjar.server.store.UsageFilter;
import dev.nightjar.server.store.UsageRow;
import dev.nightjar.server.store.UsageTable;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers what requests use and writes it every few seconds, so that no request waits for the
 * store. A store that nobody has made yet is not made for this: until then, and while it fails,
 * everything stays in memory. Thread-safe.
 */
public final class UsageLedger implements DayTokens, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(UsageLedger.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int MAX_PENDING = 50_000;

    /** As long as nothing is written. */
    private static final int DAYS_IN_MEMORY = 35;

    private final Store store;
    private final UsageTable table;
    private final InstantSource clock;

    /** Held by whoever reads or writes the store, so that no row is seen twice or not at all. */
    private final ReentrantLock writing = new ReentrantLock();

    /** Held for as long as memory is touched; never while waiting. */
    private final ReentrantLock gathering = new ReentrantLock();

    private final PendingUsage pending = new PendingUsage(MAX_PENDING);

    /** Touched by whoever holds {@link #writing}. */
    private final UserNames names;

    private final Thread flushing;

    /** Writes to a store from now on. */
    public UsageLedger(Store store) {
        this(store, InstantSource.system());
    }

    UsageLedger(Store store, InstantSource clock) {
        this.store = store;
        this.table = new UsageTable(store);
        this.clock = clock;
        this.names = new UserNames((day, caller) -> table.users(day, caller, UserNames.MAX_USERS));
        this.flushing = Thread.ofVirtual().name("usage").start(this::flushUntilClosed);
    }

    /** This day of UTC. */
    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Adds what a request used; never waits for the store. */
    void add(UsageRow row) {
        gathering.lock();
        try {
            pending.add(row);
        } finally {
            gathering.unlock();
        }
    }

    /** What was used, by day, caller and model, up to now. */
    public List<UsageRow> totals(UsageFilter filter) {
        writing.lock();
        try {
            Map<List<Object>, UsageRow> totals =
                    new TreeMap<>(Comparator.comparing(List::toString));
            List<UsageRow> all = new ArrayList<>(table.totals(filter));
            pendingRows().stream()
                    .filter(row -> matches(filter, row))
                    .map(PendingUsage::withoutUser)
                    .forEach(all::add);
            all.forEach(
                    row ->
                            totals.merge(
                                    List.of(row.day(), row.callerId(), row.model()),
                                    row,
                                    PendingUsage::sum));
            return List.copyOf(totals.values());
        } finally {
            writing.unlock();
        }
    }

    /** Tokens that a caller has used on a day. */
    @Override
    public long used(String caller, LocalDate day) {
        UsageFilter ofDay =
                new UsageFilter(
                        Optional.of(day),
                        Optional.of(day),
                        Optional.of(caller),
                        Optional.empty(),
                        Optional.empty());
        return totals(ofDay).stream()
                .mapToLong(row -> row.promptTokens() + row.completionTokens())
                .sum();
    }

    /** Takes the name of a user away from what was used, in memory and in the store. */
    public int forget(String user) {
        writing.lock();
        try {
            int inMemory;
            gathering.lock();
            try {
                inMemory = pending.forget(user);
            } finally {
                gathering.unlock();
            }
            names.clear();
            return inMemory + table.forget(user);
        } finally {
            writing.unlock();
        }
    }

    /** Writes what was gathered; keeps it if that fails. */
    public void flush() {
        writing.lock();
        try {
            if (!store.exists()) {
                trim();
                return;
            }
            write(drained());
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        flushing.interrupt();
        flush();
    }

    private void write(List<UsageRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            try {
                table.add(List.of(names.bounded(rows.get(i))));
            } catch (StoreException failed) {
                rows.subList(i, rows.size()).forEach(this::add);
                LOG.log(
                        System.Logger.Level.WARNING,
                        "usage is kept in memory, as it cannot be written: " + failed.getMessage());
                return;
            }
        }
    }

    private void trim() {
        gathering.lock();
        try {
            pending.removeBefore(today().minusDays(DAYS_IN_MEMORY));
        } finally {
            gathering.unlock();
        }
    }

    private List<UsageRow> drained() {
        gathering.lock();
        try {
            return pending.drain();
        } finally {
            gathering.unlock();
        }
    }

    private List<UsageRow> pendingRows() {
        gathering.lock();
        try {
            return pending.rows();
        } finally {
            gathering.unlock();
        }
    }

    private static boolean matches(UsageFilter filter, UsageRow row) {
        return filter.from().filter(row.day()::isBefore).isEmpty()
                && filter.to().filter(row.day()::isAfter).isEmpty()
                && filter.callerId().orElse(row.callerId()).equals(row.callerId())
                && filter.model().orElse(row.model()).equals(row.model())
                && filter.user().orElse(row.user()).equals(row.user());
    }

    private void flushUntilClosed() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                try {
                    flush();
                } catch (RuntimeException failed) {
                    LOG.log(System.Logger.Level.WARNING, "writing usage failed", failed);
                }
            }
        } catch (InterruptedException closed) {
            // the last rows are written by whoever closes
        }
    }
}
