package dev.nightjar.server.auth;

import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.util.Optional;

/**
 * The section {@code auth}: who is let in.
 *
 * @param asking when callers are asked who they are
 * @param jwt whose JSON web tokens are taken, if any
 * @param failuresPerMinute invalid tokens that one address may send in a minute
 */
public record AuthConfig(Asking asking, Optional<JwtConfig> jwt, int failuresPerMinute) {

    /** When callers are asked who they are. */
    public enum Asking {
        /** Always. */
        ALWAYS,
        /** Once there are tokens; until then, only this machine may reach the server. */
        WITH_TOKENS,
        /** Once there are tokens; until then, anybody who reaches the server may do anything. */
        WITH_TOKENS_FROM_ANYWHERE
    }

    private static final int FAILURES_PER_MINUTE = 60;
    private static final int MAX_FAILURES = 1_000_000;

    private static final Key<Boolean> REQUIRED =
            Key.bool(
                    "required",
                    "Ask everybody for a token, even before there is one; without it, that begins"
                            + " with the first token.");
    private static final Key<Section> JWT =
            Key.section(
                    "jwt",
                    JwtConfig.KEYS,
                    "JSON web tokens that are taken beside access tokens; with it, everybody is"
                            + " asked for a token.");
    private static final Key<Integer> FAILURES =
            Key.integer(
                    "failed_attempts_per_minute",
                    1,
                    MAX_FAILURES,
                    "Invalid tokens that one address may send in a minute before it is answered"
                            + " 429; valid ones are always taken; 60 without it.");

    /** What it may hold. */
    public static final KeySet KEYS = KeySet.of(REQUIRED, JWT, FAILURES);

    /** What holds without the section. */
    public static AuthConfig defaults() {
        return read(Section.ABSENT);
    }

    /** Reads the section. */
    public static AuthConfig read(Section section) {
        Optional<JwtConfig> jwt = section.get(JWT).map(JwtConfig::read);
        boolean isAlways = section.get(REQUIRED, false) || jwt.isPresent();
        return new AuthConfig(
                isAlways ? Asking.ALWAYS : Asking.WITH_TOKENS,
                jwt,
                section.get(FAILURES, FAILURES_PER_MINUTE));
    }

    /** Open to other machines before there are tokens, unless everybody is asked anyway. */
    public AuthConfig openToAll() {
        return asking == Asking.ALWAYS
                ? this
                : new AuthConfig(Asking.WITH_TOKENS_FROM_ANYWHERE, jwt, failuresPerMinute);
    }

    /** Asking everybody. */
    public AuthConfig always() {
        return new AuthConfig(Asking.ALWAYS, jwt, failuresPerMinute);
    }

    /** With another number of invalid tokens. */
    public AuthConfig withFailuresPerMinute(int value) {
        return new AuthConfig(asking, jwt, value);
    }

    /** Taking these JSON web tokens, too. */
    public AuthConfig withJwt(JwtConfig value) {
        return new AuthConfig(Asking.ALWAYS, Optional.of(value), failuresPerMinute);
    }
}
