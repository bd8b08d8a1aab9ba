package dev.nightjar.server.limit;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.limit.count.Decision;
import dev.nightjar.server.limit.count.Standing;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.time.Duration;

/** Tells clients of their limits in the headers that OpenAI's clients know. */
final class RateLimitHeaders {

    private static final String PREFIX = "x-ratelimit-";

    /** Clients ignore longer waits and try again when they like. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final int MILLIS_PER_SECOND = 1000;

    private RateLimitHeaders() {}

    /** Sets the headers of an answer. */
    static void write(Standing standing, ServerResponse response) {
        standing.requests().ifPresent(level -> write("requests", level, response));
        standing.tokens().ifPresent(level -> write("tokens", level, response));
    }

    private static void write(String what, Standing.Level level, ServerResponse response) {
        response.header(name("limit", what), Long.toString(level.limit()));
        response.header(name("remaining", what), Long.toString(level.remaining()));
        response.header(name("reset", what), text(level.reset()));
    }

    private static HeaderName name(String field, String what) {
        return HeaderNames.create(PREFIX + field + "-" + what);
    }

    /** The answer to a request that exceeds a limit. */
    static ApiError refusal(Decision.Refused refused, String tier) {
        Duration wait = refused.retryAfter();
        Duration told = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        long millis = Math.max(1, Math.ceilDiv(told.toNanos(), 1_000_000));
        ApiError error =
                ApiError.of(
                                429,
                                "rate_limit_error",
                                "the limit of tier '%s' is reached: %s; try again in %s"
                                        .formatted(
                                                tier,
                                                refused.kind().rule(refused.limit()),
                                                text(wait)))
                        .withCode(refused.kind().code())
                        .withHeader(
                                "Retry-After",
                                Long.toString(Math.ceilDiv(millis, MILLIS_PER_SECOND)))
                        .withHeader("retry-after-ms", Long.toString(millis));
        // A client that came back after a minute would be refused again, and again.
        return wait.compareTo(LONGEST) > 0 ? error.withHeader("x-should-retry", "false") : error;
    }

    /** A time as {@code 120ms}, {@code 8.64s}, {@code 6m0s} or {@code 3h25m1.5s}; rounded up. */
    static String text(Duration time) {
        long millis = Math.ceilDiv(time.toNanos(), 1_000_000);
        if (millis == 0) {
            return "0s";
        }
        if (millis < MILLIS_PER_SECOND) {
            return millis + "ms";
        }
        long minutes = millis / 60_000;
        String seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60
                ? minutes + "m" + seconds
                : "%dh%dm%s".formatted(minutes / 60, minutes % 60, seconds);
    }
}
