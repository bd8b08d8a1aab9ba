package dev.nightjar.server.store;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The database, opened when it is first needed: a server that keeps nothing pays nothing for it.
 * Any number of threads may use it.
 */
public final class Store implements AutoCloseable {

    private final Optional<StoreConfig> config;
    private volatile Database database; // null until it is needed
    private final List<Runnable> actions = new ArrayList<>();
    private boolean isClosed;

    private Store(Optional<StoreConfig> config) {
        this.config = config;
    }

    /** A store that nothing was asked of yet. */
    public static Store of(StoreConfig config) {
        return new Store(Optional.of(config));
    }

    /** A store that keeps nothing: reading finds nothing, writing fails. */
    public static Store nowhere() {
        return new Store(Optional.empty());
    }

    /** How it is configured; empty if it keeps nothing. */
    public Optional<StoreConfig> config() {
        return config;
    }

    /** Whether there is something to read: it is open, or was made before, or is a server's. */
    public boolean exists() {
        return database != null || config.filter(Store::isMade).isPresent();
    }

    private static boolean isMade(StoreConfig config) {
        return config.server().isPresent() || Files.exists(EmbeddedFile.of(config).path());
    }

    /** Whether it is open. */
    public boolean isOpen() {
        return database != null;
    }

    /**
     * The database, made if it is not there.
     *
     * @throws StoreException if it cannot be opened; the next call tries again
     */
    public Database database() {
        Database open = database;
        return open != null ? open : open();
    }

    /**
     * The database, unless that would make it.
     *
     * @throws StoreException if it cannot be opened
     */
    public Optional<Database> existing() {
        return exists() ? Optional.of(database()) : Optional.empty();
    }

    /**
     * Has something done when the database is open, by the thread that opened it; at once if it is
     * open already.
     */
    public void whenOpen(Runnable action) {
        synchronized (this) {
            if (database == null) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    private Database open() {
        List<Runnable> due;
        synchronized (this) {
            openOnce();
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
        return database;
    }

    private void openOnce() {
        if (isClosed) {
            throw new StoreException("the store is closed, as the server stops");
        }
        if (database == null) {
            database =
                    Database.open(
                            config.orElseThrow(
                                    () ->
                                            new StoreException(
                                                    "this server has no data folder, so nothing"
                                                            + " can be kept")));
        }
    }

    /** Closes the database, if it was opened. It cannot be opened again. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (database != null) {
            database.close();
        }
    }
}
