package dev.nightjar.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An access token as it is kept: without the token.
 *
 * @param id names it for good
 * @param hash of the token, SHA-256 as 64 hexadecimal digits
 * @param prefix the token's first characters, for people to recognize it
 * @param name for people
 * @param isAdmin whether it may change the server
 * @param models the only ones it may use; all without it
 * @param tasks the only ones it may use models for; all without it
 * @param tier names its limits
 * @param createdAt when it was made
 * @param expiresAt when it ends; never without it
 * @param lastUsedAt when it was last used, to the minute
 * @param revokedAt when it was revoked
 */
public record StoredToken(
        String id,
        String hash,
        String prefix,
        String name,
        boolean isAdmin,
        Optional<List<String>> models,
        Optional<List<String>> tasks,
        String tier,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {

    /** What a token is good for at a time. */
    public enum State {
        /** It is accepted. */
        ACTIVE,
        /** Its time is over. */
        EXPIRED,
        /** It was revoked. */
        REVOKED;

        /** Its name on the wire. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Copies the lists. */
    public StoredToken {
        models = models.map(List::copyOf);
        tasks = tasks.map(List::copyOf);
    }

    /** Its state at a time. */
    public State stateAt(Instant time) {
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        boolean isOver = expiresAt.filter(end -> !time.isBefore(end)).isPresent();
        return isOver ? State.EXPIRED : State.ACTIVE;
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "token %s '%s'".formatted(id, name);
    }
}
