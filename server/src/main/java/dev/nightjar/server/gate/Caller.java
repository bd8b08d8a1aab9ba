package dev.nightjar.server.gate;

import java.time.Instant;
import java.util.Optional;

/**
 * Who sends a request. Holds no secret.
 *
 * @param id names it for good, such as a token's id; never the token
 * @param name for people
 * @param tenant callers of one tenant may share cached results, others may not
 * @param tier names the limits and the priority that it has
 * @param permissions what it may do
 * @param expiresAt when it will no longer be known
 */
public record Caller(
        String id,
        String name,
        String tenant,
        String tier,
        Permissions permissions,
        Optional<Instant> expiresAt) {

    /** The tier of callers that have none of their own. */
    public static final String DEFAULT_TIER = "default";

    /** Anybody, where nobody is asked: a server that only this machine can reach. */
    public static final Caller ANYBODY =
            new Caller("anybody", "anybody", "", DEFAULT_TIER, Permissions.ALL, Optional.empty());

    /** Somebody who has not said who it is and may do nothing. */
    public static final Caller UNKNOWN =
            new Caller("unknown", "unknown", "", DEFAULT_TIER, Permissions.NONE, Optional.empty());
}
