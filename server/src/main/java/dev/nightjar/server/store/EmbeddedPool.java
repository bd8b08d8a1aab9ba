package dev.nightjar.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** Connections to the embedded database, encrypted by the key of its file. */
final class EmbeddedPool {

    private static final int ATTEMPTS = 3;
    private static final int PAUSE_MILLIS = 100;

    private EmbeddedPool() {}

    /**
     * Opens them; makes the folder, the key and the database if they are not there.
     *
     * @throws StoreException if another process has it open, or the key is not its key
     */
    static HikariDataSource open(HikariConfig pool, StoreConfig config) {
        EmbeddedFile file = EmbeddedFile.of(config);
        requireKeyOfOld(file, config);
        try {
            OwnerOnly.folder(file.folder());
            return openWithKey(pool, file, config);
        } catch (IOException failed) {
            throw new StoreException(
                    "the data folder %s cannot be made: %s".formatted(file.folder(), failed),
                    failed);
        }
    }

    /**
     * Another process may exchange key and database at this moment; then they fit together soon.
     */
    private static HikariDataSource openWithKey(
            HikariConfig pool, EmbeddedFile file, StoreConfig config) throws IOException {
        for (int attempt = 1; ; attempt++) {
            String key = StoreKey.readOrMake(config.keyFile());
            OwnerOnly.require(file.path());
            try {
                return open(pool, file, key);
            } catch (WrongKeyException wrong) {
                if (attempt == ATTEMPTS || !isPauseOver()) {
                    return openWithNext(pool, file, config);
                }
            }
        }
    }

    private static boolean isPauseOver() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A new key opens no old database. */
    private static void requireKeyOfOld(EmbeddedFile file, StoreConfig config) {
        if (Files.exists(file.path())
                && !Files.exists(config.keyFile())
                && StoreKey.fromEnvironment().isEmpty()) {
            throw new StoreException(
                    ("the database %s is there, but its key is not: put the key into %s or into the"
                                    + " environment variable %s; without the key, nothing in it can"
                                    + " be read")
                            .formatted(file.path(), config.keyFile(), StoreKey.VARIABLE));
        }
    }

    /** A rotation that was cut off has left the database under the next key. */
    private static HikariDataSource openWithNext(
            HikariConfig pool, EmbeddedFile file, StoreConfig config) {
        try {
            if (!Files.exists(StoreKey.next(config.keyFile()))) {
                throw new WrongKeyException(null);
            }
            String next = Files.readString(StoreKey.next(config.keyFile())).strip();
            HikariDataSource open = open(pool, file, next);
            StoreKey.advance(config.keyFile());
            return open;
        } catch (WrongKeyException wrong) {
            if (isLocked(file)) {
                throw inUse(file, wrong);
            }
            throw new StoreException(
                    "the database %s cannot be decrypted with the key of %s"
                            .formatted(
                                    file.path(),
                                    StoreKey.fromEnvironment().isPresent()
                                            ? StoreKey.VARIABLE
                                            : config.keyFile()),
                    wrong);
        } catch (IOException failed) {
            throw new StoreException(
                    "the next key beside %s cannot be read: %s".formatted(config.keyFile(), failed),
                    failed);
        }
    }

    private static HikariDataSource open(HikariConfig pool, EmbeddedFile file, String key) {
        pool.setDriverClassName("org.h2.Driver");
        pool.setJdbcUrl(file.url());
        pool.setPassword(key + " ."); // the file's key, a space, the user's password
        try {
            return new HikariDataSource(pool);
        } catch (PoolInitializationException refused) {
            throw refusal(file, refused);
        }
    }

    private static RuntimeException refusal(
            EmbeddedFile file, PoolInitializationException refused) {
        int code = refused.getCause() instanceof SQLException sql ? sql.getErrorCode() : 0;
        return switch (code) {
            case ErrorCode.FILE_ENCRYPTION_ERROR_1, ErrorCode.WRONG_USER_OR_PASSWORD ->
                    new WrongKeyException(refused);
            case ErrorCode.DATABASE_ALREADY_OPEN_1 -> inUse(file, refused);
            default ->
                    new StoreException(
                            "the database %s cannot be opened: %s"
                                    .formatted(
                                            file.path(),
                                            refused.getCause() == null
                                                    ? "unknown cause"
                                                    : refused.getCause().getMessage()),
                            refused);
        };
    }

    /** What another process writes at this moment is no sign of a wrong key. */
    private static boolean isLocked(EmbeddedFile file) {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return true;
        } catch (IOException unwritable) {
            return false; // then nobody writes it, and the key is what is wrong
        }
    }

    /** Told wherever another process has the file locked. */
    static StoreException inUse(EmbeddedFile file, Exception cause) {
        return new StoreException(
                StoreException.Reason.IN_USE,
                ("the database %s is in use by another process; give this one a folder of its own"
                                + " with --data, or let both use a PostgreSQL server (store.url)")
                        .formatted(file.path()),
                cause);
    }

    private static final class WrongKeyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongKeyException(Throwable cause) {
            super(cause);
        }
    }
}
