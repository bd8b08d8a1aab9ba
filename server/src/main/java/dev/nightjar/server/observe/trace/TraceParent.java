package dev.nightjar.server.observe.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a span belongs, as the header {@code traceparent} of W3C's Trace Context says it.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId of the span above, 16 hexadecimal digits
 * @param isSampled whether the caller records the trace
 */
record TraceParent(String traceId, String spanId, boolean isSampled) {

    /** Later versions may add fields behind these. */
    private static final Pattern FORM =
            Pattern.compile(
                    "(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);
    private static final int HEX = 16;

    /** Reads the header; one that is not valid counts as absent, as the standard says. */
    static Optional<TraceParent> parse(String header) {
        Matcher matcher = FORM.matcher(header.strip());
        if (!matcher.matches()
                || matcher.group(2).equals(NO_TRACE)
                || matcher.group(3).equals(NO_SPAN)
                || (matcher.group(1).equals("00") && matcher.group(5) != null)) {
            return Optional.empty();
        }
        boolean isSampled = (Integer.parseInt(matcher.group(4), HEX) & 1) == 1;
        return Optional.of(new TraceParent(matcher.group(2), matcher.group(3), isSampled));
    }

    static String newTraceId() {
        return newSpanId() + newSpanId();
    }

    static String newSpanId() {
        long id;
        do {
            id = ThreadLocalRandom.current().nextLong();
        } while (id == 0);
        return HexFormat.of().toHexDigits(id);
    }
}
