package dev.nightjar.server.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.nightjar.server.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

/** The public keys of a file, which is read again when it was changed. */
final class JwksFile implements JWKSource<SecurityContext> {

    private static final System.Logger LOG = System.getLogger(JwksFile.class.getName());

    private final Path file;
    private final long lookAgainNanos;
    private JWKSet keys = new JWKSet();
    private FileTime readAt = FileTime.fromMillis(0);
    private long lookedAt;

    /**
     * Not read yet.
     *
     * @param lookAgain after this it is looked at whether it was changed
     */
    JwksFile(Path file, Duration lookAgain) {
        this.file = file;
        this.lookAgainNanos = lookAgain.toNanos();
    }

    /**
     * Reads the file for the first time.
     *
     * @throws ConfigException if that fails
     */
    synchronized void require() {
        try {
            readAt = Files.getLastModifiedTime(file);
            keys = JwtKeys.parse(Files.readString(file), file);
            lookedAt = System.nanoTime();
        } catch (IOException unreadable) {
            throw new ConfigException(
                    "auth.jwt.jwks_file: %s cannot be read: %s"
                            .formatted(file, unreadable.getClass().getSimpleName()));
        }
    }

    @Override
    public synchronized List<JWK> get(JWKSelector selector, SecurityContext context)
            throws KeySourceException {
        if (System.nanoTime() - lookedAt > lookAgainNanos) {
            lookedAt = System.nanoTime();
            readIfChanged();
        }
        return selector.select(keys);
    }

    /** A file that became unusable is told, and the keys of before stay. */
    private void readIfChanged() {
        try {
            if (!Files.getLastModifiedTime(file).equals(readAt)) {
                require();
            }
        } catch (IOException | ConfigException unusable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the keys of {0} are kept, as it cannot be read again: {1}",
                    file,
                    unusable.getMessage());
        }
    }
}
