package dev.nightjar.server.limit.count;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much each caller of a tier may use; what is empty is not limited.
 *
 * @param requestsPerMinute requests that begin within a minute, also the most at once
 * @param tokensPerMinute tokens of prompts and completions within a minute, also the most at once
 * @param concurrentRequests requests that run at the same time
 * @param tokensPerDay tokens of prompts and completions within a day of UTC
 */
public record TierLimits(
        OptionalLong requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong concurrentRequests,
        OptionalLong tokensPerDay) {

    /** The largest limit per minute: millionths of it still are whole numbers in every store. */
    public static final long MAX_PER_MINUTE = 100_000_000;

    /** The largest limit per day. */
    public static final long MAX_PER_DAY = 1_000_000_000_000L;

    /** Without any limit. */
    public static final TierLimits NONE =
            new TierLimits(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty());

    /** Checks the ranges. */
    public TierLimits {
        check(LimitKind.REQUESTS_PER_MINUTE, requestsPerMinute, MAX_PER_MINUTE);
        check(LimitKind.TOKENS_PER_MINUTE, tokensPerMinute, MAX_PER_MINUTE);
        check(LimitKind.CONCURRENT_REQUESTS, concurrentRequests, MAX_PER_MINUTE);
        check(LimitKind.TOKENS_PER_DAY, tokensPerDay, MAX_PER_DAY);
    }

    /** The limit of a kind. */
    public OptionalLong of(LimitKind kind) {
        return switch (kind) {
            case CONCURRENT_REQUESTS -> concurrentRequests;
            case REQUESTS_PER_MINUTE -> requestsPerMinute;
            case TOKENS_PER_MINUTE -> tokensPerMinute;
            case TOKENS_PER_DAY -> tokensPerDay;
        };
    }

    /** The limit of a kind, to be mapped. */
    Optional<Long> find(LimitKind kind) {
        OptionalLong limit = of(kind);
        return limit.isPresent() ? Optional.of(limit.getAsLong()) : Optional.empty();
    }

    /** Whether nothing is limited. */
    public boolean isUnlimited() {
        return equals(NONE);
    }

    /** With a limit of requests per minute. */
    public TierLimits withRequestsPerMinute(long value) {
        return new TierLimits(
                OptionalLong.of(value), tokensPerMinute, concurrentRequests, tokensPerDay);
    }

    /** With a limit of tokens per minute. */
    public TierLimits withTokensPerMinute(long value) {
        return new TierLimits(
                requestsPerMinute, OptionalLong.of(value), concurrentRequests, tokensPerDay);
    }

    /** With a limit of requests at the same time. */
    public TierLimits withConcurrentRequests(long value) {
        return new TierLimits(
                requestsPerMinute, tokensPerMinute, OptionalLong.of(value), tokensPerDay);
    }

    /** With a limit of tokens per day. */
    public TierLimits withTokensPerDay(long value) {
        return new TierLimits(
                requestsPerMinute, tokensPerMinute, concurrentRequests, OptionalLong.of(value));
    }

    private static void check(LimitKind kind, OptionalLong limit, long most) {
        if (limit.isPresent() && (limit.getAsLong() < 1 || limit.getAsLong() > most)) {
            throw new IllegalArgumentException(
                    "%s must be from 1 to %d, found %d; leave it out for no limit"
                            .formatted(kind.key(), most, limit.getAsLong()));
        }
    }
}
