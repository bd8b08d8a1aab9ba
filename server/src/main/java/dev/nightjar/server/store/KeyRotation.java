package dev.nightjar.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.tools.ChangeFileEncryption;

/**
 * Encrypts the embedded database with another key. A copy is encrypted anew and takes the place of
 * the database in one step; if that is cut off before the key takes its place, too, the next start
 * finds the next key beside the old one and goes on.
 */
public final class KeyRotation {

    /** The next key, where keys come from the environment. */
    public static final String NEXT_VARIABLE = "NIGHTJAR_STORE_KEY_NEXT";

    private static final String CIPHER = "AES";

    private final StoreConfig config;
    private final EmbeddedFile file;

    private KeyRotation(StoreConfig config) {
        this.config = config;
        this.file = EmbeddedFile.of(config);
    }

    /**
     * Rotates the key, and says where the new one is.
     *
     * @throws StoreException if the database is another kind, is not there, is in use, or cannot be
     *     encrypted; it stays as it was
     */
    public static String run(StoreConfig config) {
        if (config.server().isPresent()) {
            throw new StoreException(
                    "only the database in the data folder has a key of its own; %s encrypts its"
                                    .formatted(config.server().get())
                            + " files by its own means");
        }
        return new KeyRotation(config).rotate();
    }

    private String rotate() {
        if (!Files.exists(file.path())) {
            throw new StoreException(
                    "there is no database in %s to encrypt anew".formatted(file.folder()));
        }
        try (Store store = Store.of(config)) {
            store.database(); // fails if it is in use, and ends a rotation that was cut off
        }
        Optional<String> given = StoreKey.fromEnvironment();
        String old = StoreKey.readOrMake(config.keyFile());
        String next = given.isPresent() ? nextOfEnvironment() : StoreKey.random();
        try {
            if (given.isEmpty()) {
                StoreKey.writeNext(config.keyFile(), next);
            }
            exchange(old, next);
            if (given.isEmpty()) {
                StoreKey.advance(config.keyFile());
            }
        } catch (IOException | SQLException failed) {
            throw new StoreException(
                    "the database cannot be encrypted anew: " + failed.getMessage(), failed);
        }
        return given.isEmpty()
                ? config.keyFile().toString()
                : "%s; set %s to it".formatted(NEXT_VARIABLE, StoreKey.VARIABLE);
    }

    private static String nextOfEnvironment() {
        return Optional.ofNullable(System.getenv(NEXT_VARIABLE))
                .map(key -> StoreKey.valid(key, NEXT_VARIABLE))
                .orElseThrow(
                        () ->
                                new StoreException(
                                        "the key is in the environment (%s), so put the next one into %s"
                                                .formatted(StoreKey.VARIABLE, NEXT_VARIABLE)));
    }

    /**
     * Keeps the database locked until the copy has taken its place, so that nobody opens it and
     * writes to what is about to go. The copy is made through the channel that has the lock: where
     * locks belong to processes, closing another one of the same file would end it.
     */
    private void exchange(String old, String next) throws IOException, SQLException {
        Path copy = file.copy().path();
        try (FileChannel database =
                        FileChannel.open(
                                file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = lock(database)) {
            copy((FileChannel) lock.acquiredBy(), copy);
            ChangeFileEncryption.execute(
                    file.folder().toString(),
                    file.copy().name(),
                    CIPHER,
                    old.toCharArray(),
                    next.toCharArray(),
                    true);
            OwnerOnly.tighten(copy);
            Files.move(copy, file.path(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private FileLock lock(FileChannel database) throws IOException {
        try {
            FileLock lock = database.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // it is told below
        }
        throw EmbeddedPool.inUse(file, null);
    }

    private static void copy(FileChannel database, Path copy) throws IOException {
        Files.deleteIfExists(copy);
        OwnerOnly.require(copy);
        try (FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            long size = database.size();
            for (long done = 0; done < size; ) {
                done += database.transferTo(done, size - done, to);
            }
        }
    }
}
