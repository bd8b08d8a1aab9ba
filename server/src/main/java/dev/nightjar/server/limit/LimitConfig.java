package dev.nightjar.server.limit;

import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.limit.count.LimitKind;
import dev.nightjar.server.limit.count.RedisStore;
import dev.nightjar.server.limit.count.TierLimits;
import dev.nightjar.server.yaml.ConfigException;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The section {@code limits}: what callers may use, and where it is counted.
 *
 * @param tiers limits by the name of a tier; one that is not there has those of {@code default}
 * @param anonymous the tier of each remote address of a server that asks nobody who calls; without
 *     it those are not limited
 * @param store where several nodes count together; each counts for itself without it
 * @param onFailure what happens while the store does not answer
 * @param maxCallers how many callers are remembered
 */
public record LimitConfig(
        Map<String, TierLimits> tiers,
        Optional<String> anonymous,
        Optional<URI> store,
        OnFailure onFailure,
        int maxCallers) {

    /** What happens while the store does not answer. */
    public enum OnFailure {
        /** Requests run without limits. */
        OPEN,
        /** Requests are refused. */
        CLOSED
    }

    private static final int DEFAULT_CALLERS = 50_000;

    private static final Key<Long> REQUESTS =
            Key.longInteger(
                    LimitKind.REQUESTS_PER_MINUTE.key(),
                    1,
                    "Requests that a caller may begin within a minute; no limit without it.");
    private static final Key<Long> TOKENS =
            Key.longInteger(
                    LimitKind.TOKENS_PER_MINUTE.key(),
                    1,
                    "Tokens of prompts and completions that a caller may use within a minute; no"
                            + " limit without it.");
    private static final Key<Long> CONCURRENT =
            Key.longInteger(
                    LimitKind.CONCURRENT_REQUESTS.key(),
                    1,
                    "Requests of a caller that may run at the same time; no limit without it.");
    private static final Key<Long> DAY =
            Key.longInteger(
                    LimitKind.TOKENS_PER_DAY.key(),
                    1,
                    "Tokens of prompts and completions that a caller may use within a day of UTC;"
                            + " no limit without it.");
    private static final Key<Map<String, Section>> TIERS =
            Key.sectionsByName(
                    "tiers",
                    KeySet.of(REQUESTS, TOKENS, CONCURRENT, DAY),
                    "Limits of callers by the tier of their token; `default` holds for those that"
                            + " have none, or one that is not here.");
    private static final Key<String> ANONYMOUS =
            Key.text(
                    "anonymous",
                    "Tier of each remote address where nobody is asked who calls; those are not"
                            + " limited without it.");
    private static final Key<String> REDIS =
            Key.text(
                    "redis",
                    "Redis or Valkey in which several nodes count together, such as"
                            + " rediss://name:${REDIS_PASSWORD}@host:6380/0; each node counts for"
                            + " itself without it.");
    private static final Key<OnFailure> ON_FAILURE =
            Key.word(
                    "on_failure",
                    OnFailure.class,
                    "What happens to requests of limited callers while Redis does not answer: open"
                            + " lets them run, closed refuses them with 503; closed without it.");
    private static final Key<Integer> MAX_CALLERS =
            Key.integer(
                    "max_callers",
                    1,
                    10_000_000,
                    "Callers that a node remembers, those of late; 50000 without it.");

    /** What the section may hold. */
    public static final KeySet KEYS = KeySet.of(TIERS, ANONYMOUS, REDIS, ON_FAILURE, MAX_CALLERS);

    /** Copies the map. */
    public LimitConfig {
        tiers = Map.copyOf(tiers);
    }

    /**
     * Reads the section.
     *
     * @throws ConfigException if a limit is out of range, the anonymous tier is not there, or the
     *     store's URL is none
     */
    public static LimitConfig read(Section section) {
        Map<String, TierLimits> tiers = new LinkedHashMap<>();
        section.get(TIERS, Map.of()).forEach((name, tier) -> tiers.put(name, limits(tier)));
        Optional<String> anonymous = section.get(ANONYMOUS);
        if (anonymous.isPresent() && !tiers.containsKey(anonymous.get())) {
            throw section.fault(
                    "anonymous must name one of the tiers %s, found '%s'"
                            .formatted(tiers.keySet(), anonymous.get()));
        }
        return new LimitConfig(
                tiers,
                anonymous,
                section.get(REDIS).map(url -> url(section, url)),
                section.get(ON_FAILURE, OnFailure.CLOSED),
                section.get(MAX_CALLERS, DEFAULT_CALLERS));
    }

    private static TierLimits limits(Section tier) {
        try {
            return new TierLimits(
                    limit(tier, REQUESTS),
                    limit(tier, TOKENS),
                    limit(tier, CONCURRENT),
                    limit(tier, DAY));
        } catch (IllegalArgumentException outOfRange) {
            throw tier.fault(outOfRange.getMessage());
        }
    }

    private static OptionalLong limit(Section tier, Key<Long> key) {
        return tier.get(key).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** The text is not repeated in errors, as it may hold a password. */
    private static URI url(Section section, String text) {
        Optional<URI> url = RedisStore.url(text);
        return url.orElseThrow(
                () ->
                        section.fault(
                                "redis must be a URL such as redis://host:6379 or"
                                        + " rediss://name:password@host:6380/0"));
    }

    /** The limits of a tier; those of the default tier for one that is not there. */
    public TierLimits tier(String name) {
        TierLimits ofOthers = tiers.getOrDefault(Caller.DEFAULT_TIER, TierLimits.NONE);
        return tiers.getOrDefault(name, ofOthers);
    }

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "LimitConfig[%s, %s]".formatted(tiers, store.isPresent() ? "redis" : "memory");
    }
}
