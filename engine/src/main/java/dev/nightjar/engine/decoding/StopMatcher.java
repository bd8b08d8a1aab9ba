package dev.nightjar.engine.decoding;

import java.util.List;
import java.util.Optional;

/**
 * Finds the stop string that is complete first in text that arrives in pieces. Text that could
 * still become a stop string is held back, so that what was released never has to be taken back.
 * One per stream, not thread-safe.
 */
public final class StopMatcher {

    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private String matched;

    /** For these stop strings, none of them empty. */
    public StopMatcher(List<String> stops) {
        this.stops = stops;
    }

    /** Adds a piece and returns the text that can be released now. */
    public String accept(String piece) {
        if (matched != null) {
            return "";
        }
        if (stops.isEmpty()) {
            return piece;
        }
        held.append(piece);
        int at = firstMatch();
        return matched != null ? releaseBefore(at, true) : releaseBefore(safeLength(), false);
    }

    /** The rest at the end of the text; nothing if a stop string matched. */
    public String flush() {
        return matched != null ? "" : releaseBefore(held.length(), false);
    }

    /** Characters that are held back. */
    public int numHeld() {
        return held.length();
    }

    /** The stop string that ended the text. */
    public Optional<String> matched() {
        return Optional.ofNullable(matched);
    }

    /**
     * Start of the match that is complete first, the longest if several end there; sets {@code
     * matched}. Going by the end makes the result independent of how the text was cut.
     */
    private int firstMatch() {
        int start = -1;
        int end = Integer.MAX_VALUE;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            int stopEnd = at + stop.length();
            if (at >= 0 && (stopEnd < end || (stopEnd == end && at < start))) {
                start = at;
                end = stopEnd;
                matched = stop;
            }
        }
        return start;
    }

    /** Length of the text before the longest tail that begins a stop string. */
    private int safeLength() {
        int safe = held.length();
        for (String stop : stops) {
            int longest = Math.min(stop.length() - 1, held.length());
            for (int length = longest; length > held.length() - safe; length--) {
                if (held.indexOf(stop.substring(0, length), held.length() - length) >= 0) {
                    safe = held.length() - length;
                    break;
                }
            }
        }
        return safe;
    }

    private String releaseBefore(int end, boolean isLast) {
        String text = held.substring(0, end);
        held.delete(0, isLast ? held.length() : end);
        return text;
    }
}
