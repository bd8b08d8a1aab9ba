package dev.nightjar.server.auth;

import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.Permissions;
import dev.nightjar.server.store.StoreException;
import dev.nightjar.server.store.StoredToken;
import io.helidon.http.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Finds out who calls, by what a request brings. */
final class Authenticator {

    private static final System.Logger LOG = System.getLogger(Authenticator.class.getName());

    private static final Caller SELF =
            new Caller(
                    "self",
                    "this server",
                    "self",
                    Caller.DEFAULT_TIER,
                    Permissions.ALL,
                    Optional.empty());

    private final Tokens tokens;
    private final Optional<JwtVerifier> jwts;

    /** The text of the token by which the server calls itself, once that was asked for. */
    private final AtomicReference<String> self = new AtomicReference<>();

    Authenticator(Tokens tokens, Optional<JwtVerifier> jwts) {
        this.tokens = tokens;
        this.jwts = jwts;
    }

    /** A token by which this process can call itself; it is kept nowhere. */
    String selfToken() {
        self.compareAndSet(null, TokenText.random());
        return self.get();
    }

    /**
     * The caller.
     *
     * @throws ApiException with status 401 if nobody is named who is known, 503 if that cannot be
     *     found out
     */
    Caller caller(Headers headers) {
        return switch (Credential.of(headers)) {
            case Credential.None none -> throw AuthError.missing().asException();
            case Credential.Malformed malformed ->
                    throw AuthError.invalidToken(malformed.reason()).asException();
            case Credential.Jwt jwt ->
                    jwts.map(verifier -> verifier.verify(jwt.text()))
                            .orElseThrow(
                                    () ->
                                            AuthError.invalidToken(
                                                            "this server takes no JSON web tokens;"
                                                                    + " see auth.jwt of its"
                                                                    + " configuration")
                                                    .asException());
            case Credential.Key key -> ofKey(key.text());
        };
    }

    private Caller ofKey(String text) {
        if (isSelf(text)) {
            return SELF;
        }
        Instant now = Instant.now();
        StoredToken token = find(text).orElseThrow(() -> AuthError.unknownKey().asException());
        switch (token.stateAt(now)) {
            case EXPIRED -> throw AuthError.expired().asException();
            case REVOKED -> throw AuthError.revoked().asException();
            case ACTIVE -> tokens.noteUse(token, now);
        }
        return new Caller(
                token.id(),
                token.name(),
                token.id(),
                token.tier(),
                new Permissions(
                        token.isAdmin(),
                        token.models().map(Set::copyOf),
                        token.tasks().map(Set::copyOf)),
                token.expiresAt());
    }

    private Optional<StoredToken> find(String text) {
        try {
            return tokens.find(text);
        } catch (StoreException failed) {
            LOG.log(System.Logger.Level.ERROR, "tokens cannot be looked up", failed);
            throw AuthError.unavailable().asException();
        }
    }

    private boolean isSelf(String text) {
        String own = self.get();
        return own != null
                && MessageDigest.isEqual(
                        own.getBytes(StandardCharsets.UTF_8),
                        text.getBytes(StandardCharsets.UTF_8));
    }
}
