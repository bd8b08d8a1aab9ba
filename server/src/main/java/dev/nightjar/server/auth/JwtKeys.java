package dev.nightjar.server.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.nightjar.server.yaml.ConfigException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** The keys that JSON web tokens are checked with. */
final class JwtKeys {

    /** By the bytes that a secret must have, as RFC 7518 asks. */
    private static final int BYTES_256 = 32;

    private static final int BYTES_384 = 48;
    private static final int BYTES_512 = 64;

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_FETCHED_BYTES = 256 << 10;
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration WAITED_FOR = Duration.ofSeconds(10);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    private static final Duration USED_WITHOUT_SERVER = Duration.ofHours(4);

    private JwtKeys() {}

    /**
     * The secret of a file; a line break at its end is none of it.
     *
     * @throws ConfigException if it cannot be read, or is too short
     */
    static byte[] secret(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int length = bytes.length;
            while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
                length--;
            }
            if (length < BYTES_256) {
                throw new ConfigException(
                        "auth.jwt.secret_file: %s must have at least %d bytes, found %d"
                                .formatted(file, BYTES_256, length));
            }
            return java.util.Arrays.copyOf(bytes, length);
        } catch (IOException unreadable) {
            throw new ConfigException(
                    "auth.jwt.secret_file: %s cannot be read: %s"
                            .formatted(file, unreadable.getClass().getSimpleName()));
        }
    }

    /** The algorithms that a secret is long enough for. */
    static Set<JWSAlgorithm> algorithms(byte[] secret) {
        Set<JWSAlgorithm> algorithms = new LinkedHashSet<>(Set.of(JWSAlgorithm.HS256));
        if (secret.length >= BYTES_384) {
            algorithms.add(JWSAlgorithm.HS384);
        }
        if (secret.length >= BYTES_512) {
            algorithms.add(JWSAlgorithm.HS512);
        }
        return algorithms;
    }

    /** The algorithms of public keys: none of them takes a key for a secret. */
    static Set<JWSAlgorithm> publicAlgorithms() {
        return Set.of(
                JWSAlgorithm.RS256,
                JWSAlgorithm.RS384,
                JWSAlgorithm.RS512,
                JWSAlgorithm.PS256,
                JWSAlgorithm.PS384,
                JWSAlgorithm.PS512,
                JWSAlgorithm.ES256,
                JWSAlgorithm.ES384,
                JWSAlgorithm.ES512);
    }

    /**
     * The public keys of a file.
     *
     * @param lookAgain after this it is looked at whether it was changed
     * @throws ConfigException if it holds none
     */
    static JWKSource<SecurityContext> ofFile(Path file, Duration lookAgain) {
        JwksFile keys = new JwksFile(file, lookAgain);
        keys.require();
        return keys;
    }

    /** The public keys of a server, which is asked when the first token comes. */
    static JWKSource<SecurityContext> ofUrl(URI url) {
        try {
            return JWKSourceBuilder.create(
                            url.toURL(),
                            new DefaultResourceRetriever(
                                    (int) FETCH_TIMEOUT.toMillis(),
                                    (int) FETCH_TIMEOUT.toMillis(),
                                    MAX_FETCHED_BYTES))
                    .cache(KEPT.toMillis(), WAITED_FOR.toMillis())
                    .rateLimited(BETWEEN_FETCHES.toMillis())
                    .outageTolerant(USED_WITHOUT_SERVER.toMillis())
                    .build();
        } catch (MalformedURLException malformed) {
            throw new ConfigException("auth.jwt.jwks_url: " + url + " is no URL to fetch");
        }
    }

    /** The keys in a text; private ones would be a secret in the wrong place. */
    static JWKSet parse(String text, Path file) {
        try {
            JWKSet keys = JWKSet.parse(text).toPublicJWKSet();
            if (keys.isEmpty()) {
                throw new ConfigException(
                        "auth.jwt.jwks_file: %s holds no public key".formatted(file));
            }
            return keys;
        } catch (ParseException malformed) {
            throw new ConfigException(
                    "auth.jwt.jwks_file: %s is no JWKS: a JSON object with the member keys"
                            .formatted(file));
        }
    }
}
