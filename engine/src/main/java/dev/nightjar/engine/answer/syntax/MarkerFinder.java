package dev.nightjar.engine.answer.syntax;

import java.util.List;
import java.util.Optional;

/**
 * Finds markers in text that arrives one character at a time, and holds back what may become one.
 * No marker may begin with another. For one thread.
 */
public final class MarkerFinder {

    private final List<String> markers;
    private final StringBuilder held = new StringBuilder();

    /** Looks for these markers. */
    public MarkerFinder(List<String> markers) {
        this.markers = markers;
    }

    /**
     * Takes a character.
     *
     * @param released gets the text that is certainly no marker
     * @return the marker that is complete now
     */
    public Optional<String> accept(char c, StringBuilder released) {
        held.append(c);
        for (String marker : markers) {
            if (endsWith(marker, marker.length())) {
                released.append(held, 0, held.length() - marker.length());
                held.setLength(0);
                return Optional.of(marker);
            }
        }
        int safe = held.length() - longestBeginning();
        released.append(held, 0, safe);
        held.delete(0, safe);
        return Optional.empty();
    }

    /** What is still held back, which no marker follows. */
    public String rest() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    /** Length of the longest tail that begins a marker. */
    private int longestBeginning() {
        int longest = 0;
        for (String marker : markers) {
            int most = Math.min(marker.length() - 1, held.length());
            for (int length = most; length > longest; length--) {
                if (endsWith(marker, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private boolean endsWith(String marker, int length) {
        int start = held.length() - length;
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (held.charAt(start + i) != marker.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
