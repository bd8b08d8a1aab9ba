package dev.nightjar.server.cache;

import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.time.Duration;

/**
 * The section {@code cache}: whether results are kept, how many and how long.
 *
 * @param isEnabled whether any are
 * @param maxBytes the most memory they take
 * @param timeToLive how long one is used
 */
public record CacheConfig(boolean isEnabled, long maxBytes, Duration timeToLive) {

    private static final long DEFAULT_BYTES = 64L << 20;
    private static final Duration DEFAULT_LIFE = Duration.ofMinutes(10);

    private static final Key<Boolean> ENABLED =
            Key.bool(
                    "enabled",
                    "Whether results that would come out the same again are kept and reused; true"
                            + " without it.");
    private static final Key<Long> SIZE =
            Key.bytes("size", "Most memory that kept results take; 64M without it.");
    private static final Key<Duration> TTL =
            Key.duration("ttl", "How long a result is kept; 10m without it.");
    private static final Key<Section> RESPONSES =
            Key.section(
                    "responses",
                    KeySet.of(ENABLED, SIZE, TTL),
                    "Results of generations with temperature 0 or a seed, and of encoders.");

    /** Without any. */
    public static final CacheConfig OFF = new CacheConfig(false, DEFAULT_BYTES, DEFAULT_LIFE);

    /** What the section may hold. */
    public static final KeySet KEYS = KeySet.of(RESPONSES);

    /** Reads the section. */
    public static CacheConfig read(Section section) {
        Section responses = section.section(RESPONSES);
        return new CacheConfig(
                responses.get(ENABLED, true),
                responses.get(SIZE, DEFAULT_BYTES),
                responses.get(TTL, DEFAULT_LIFE));
    }
}
