package dev.nightjar.server.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token that somebody asks for.
 *
 * @param name for people
 * @param isAdmin whether it may change the server
 * @param models the only ones it may use; all without it
 * @param tasks the only ones it may use models for; all without it
 * @param tier names its limits
 * @param expiresAt when it ends; never without it
 */
public record NewToken(
        String name,
        boolean isAdmin,
        Optional<List<String>> models,
        Optional<List<String>> tasks,
        String tier,
        Optional<Instant> expiresAt) {

    /** How long a token is good for where nothing is said. */
    public static final Duration DEFAULT_LIFE = Duration.ofDays(90);

    /** Copies the lists. */
    public NewToken {
        models = models.map(List::copyOf);
        tasks = tasks.map(List::copyOf);
    }
}
