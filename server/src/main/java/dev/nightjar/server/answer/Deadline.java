package dev.nightjar.server.answer;

import dev.nightjar.server.api.Arrival;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How much time a request has, counted from its arrival: what its header {@code
 * OICM-Request-Timeout} says in seconds, else what the server's limits say.
 */
public final class Deadline {

    private static final HeaderName HEADER = HeaderNames.create("OICM-Request-Timeout");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?|\\.\\d{1,9}");
    private static final int NANO_DIGITS = 9;

    /** What is left when nothing is. */
    static final Duration OVER = Duration.ofNanos(1);

    private Deadline() {}

    /**
     * The time that is left; at least {@link #OVER}, which ends the request at once.
     *
     * @throws ApiException with status 400 if the header is no number above zero, or above the
     *     largest allowed
     */
    public static Optional<Duration> of(ServerRequest request, AnswerLimits limits) {
        Optional<Duration> asked =
                request.headers().first(HEADER).map(text -> seconds(text.strip(), limits));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - Arrival.nanos(request));
        return asked.or(limits::timeout)
                .map(limit -> limit.minus(elapsed))
                .map(left -> left.isPositive() ? left : OVER);
    }

    private static Duration seconds(String text, AnswerLimits limits) {
        if (!SECONDS.matcher(text).matches()) {
            throw refused("a number of seconds above 0", text);
        }
        Duration time =
                Duration.ofNanos(new BigDecimal(text).scaleByPowerOfTen(NANO_DIGITS).longValue());
        if (!time.isPositive()) {
            throw refused("a number of seconds above 0", text);
        }
        if (time.compareTo(limits.maxTimeout()) > 0) {
            throw refused("at most %d seconds".formatted(limits.maxTimeout().toSeconds()), text);
        }
        return time;
    }

    private static ApiException refused(String expected, String found) {
        return ApiError.invalidRequest(
                        "the header %s must be %s, found '%s'"
                                .formatted(HEADER.defaultCase(), expected, found))
                .withParam(HEADER.defaultCase())
                .withCode("invalid_timeout")
                .asException();
    }
}
