package dev.nightjar.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A database that several nodes share.
 *
 * @param url of JDBC
 * @param user if the URL does not say
 * @param password of that user
 * @param passwordFile holds it
 */
public record DatabaseServer(
        String url, Optional<String> user, Optional<String> password, Optional<Path> passwordFile) {

    /** What the only kind that is served begins with. */
    static final String PREFIX = "jdbc:postgresql:";

    /**
     * The password, read anew each time.
     *
     * @throws StoreException if its file cannot be read
     */
    Optional<String> readPassword() {
        return passwordFile
                .map(
                        file -> {
                            try {
                                return Files.readString(file).strip();
                            } catch (IOException unreadable) {
                                throw new StoreException(
                                        "the database's password cannot be read from %s: %s"
                                                .formatted(
                                                        file,
                                                        unreadable.getClass().getSimpleName()));
                            }
                        })
                .or(() -> password);
    }

    /** Without the password, and without parameters, which may hold one. */
    @Override
    public String toString() {
        return url.replaceAll("[?].*", "").replaceAll("//[^/@]*@", "//");
    }
}
