package dev.nightjar.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** Connections to the embedded database, encrypted by the key of its file. */
final class EmbeddedPool {

    private EmbeddedPool() {}

    /**
     * Opens them; makes the folder, the key and the database if they are not there.
     *
     * @throws StoreException if another process has it open, or the key is not its key
     */
    static HikariDataSource open(HikariConfig pool, StoreConfig config) {
        EmbeddedFile file = EmbeddedFile.of(config);
        requireKeyOfOld(file, config);
        String key = StoreKey.readOrMake(config.keyFile());
        try {
            OwnerOnly.folder(file.folder());
            return open(pool, file, key);
        } catch (WrongKeyException wrong) {
            return openWithNext(pool, file, config);
        } catch (IOException failed) {
            throw new StoreException(
                    "the data folder %s cannot be made: %s".formatted(file.folder(), failed),
                    failed);
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
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                    new StoreException(
                            StoreException.Reason.IN_USE,
                            ("the database %s is in use by another process; give this one a folder"
                                            + " of its own with --data, or let both use a"
                                            + " PostgreSQL server (store.url)")
                                    .formatted(file.path()),
                            refused);
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

    private static final class WrongKeyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongKeyException(Throwable cause) {
            super(cause);
        }
    }
}
