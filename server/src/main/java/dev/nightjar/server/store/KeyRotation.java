package dev.nightjar.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            encryptCopy(old, next);
            Files.move(file.copy().path(), file.path(), StandardCopyOption.ATOMIC_MOVE);
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

    private void encryptCopy(String old, String next) throws IOException, SQLException {
        Path copy = file.copy().path();
        Files.deleteIfExists(copy);
        Files.copy(file.path(), copy, StandardCopyOption.COPY_ATTRIBUTES);
        ChangeFileEncryption.execute(
                file.folder().toString(),
                file.copy().name(),
                CIPHER,
                old.toCharArray(),
                next.toCharArray(),
                true);
    }
}
