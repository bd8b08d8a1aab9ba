package dev.nightjar.server.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what someone who misspelled a name may have meant. */
final class NearestName {

    private NearestName() {}

    /** The known name with the fewest edits, if at most a third of the letters differ. */
    static Optional<String> of(String name, Collection<String> known) {
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= limit)
                .filter(candidate -> edits(name, candidate) <= limit)
                .min(
                        Comparator.comparingInt((String candidate) -> edits(name, candidate))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Insertions, deletions and substitutions between two words, in O(a·b). */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
