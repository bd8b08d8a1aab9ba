package dev.nightjar.server.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The key of the embedded database: 256 random bits in a file that only its owner may read. */
final class StoreKey {

    /** Holds the key in place of the file. */
    static final String VARIABLE = "NIGHTJAR_STORE_KEY";

    private static final int NUM_BYTES = 32;

    /** The database takes any text without spaces; short ones could be guessed. */
    private static final int MIN_LENGTH = 32;

    private StoreKey() {}

    /**
     * The key from the environment or the file, which is made if it is not there.
     *
     * @throws StoreException if there is none, or no good one
     */
    static String readOrMake(Path file) {
        Optional<String> given = fromEnvironment();
        if (given.isPresent()) {
            return given.get();
        }
        try {
            if (!Files.exists(file)) {
                OwnerOnly.folder(file.toAbsolutePath().getParent());
                write(file, random());
            }
            return valid(Files.readString(file).strip(), file.toString());
        } catch (FileAlreadyExistsException other) {
            return readOrMake(file); // another process was faster
        } catch (IOException failed) {
            throw new StoreException(
                    "the key of the database cannot be read from or written to %s: %s"
                            .formatted(file, failed),
                    failed);
        }
    }

    /** The key of the environment, if one is there. */
    static Optional<String> fromEnvironment() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(key -> valid(key, VARIABLE));
    }

    /** A key that was never used. */
    static String random() {
        byte[] bytes = new byte[NUM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Where the next key stands while the database is being encrypted with it. */
    static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    /** Writes the next key beside the one in use. */
    static void writeNext(Path file, String key) throws IOException {
        Files.deleteIfExists(next(file));
        write(next(file), key);
    }

    /** The next key takes the place of the one in use. */
    static void advance(Path file) throws IOException {
        Files.move(
                next(file),
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Has the whole key appear at once, as another process may read it at this moment.
     *
     * @throws FileAlreadyExistsException if it is there
     */
    private static void write(Path file, String key) throws IOException {
        Path unnamed = file.resolveSibling(file.getFileName() + "." + random().substring(0, 16));
        OwnerOnly.file(unnamed, key + "\n");
        try {
            Files.createLink(file, unnamed);
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (UnsupportedOperationException | FileSystemException withoutLinks) {
            OwnerOnly.file(file, key + "\n");
        } finally {
            Files.delete(unnamed);
        }
    }

    static String valid(String key, String place) {
        if (key.length() < MIN_LENGTH || key.chars().anyMatch(Character::isWhitespace)) {
            throw new StoreException(
                    ("the key of the database in %s must be at least %d characters without spaces,"
                                    + " found %d; make one with: openssl rand -hex 32")
                            .formatted(place, MIN_LENGTH, key.length()));
        }
        return key;
    }
}
