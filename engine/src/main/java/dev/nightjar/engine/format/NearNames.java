package dev.nightjar.engine.format;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that someone may have meant, for error messages. */
final class NearNames {
    private static final int MAX_RESULTS = 3;
    private static final int MAX_CANDIDATES = 10_000;
    private static final int MAX_LENGTH = 64;

    private NearNames() {}

    private record Candidate(String name, int distance) {}

    /** At most three names that differ from {@code name} in less than half of its letters. */
    static List<String> of(String name, Collection<String> names) {
        return names.stream()
                .limit(MAX_CANDIDATES)
                .map(candidate -> new Candidate(candidate, distance(name, candidate)))
                .filter(candidate -> candidate.distance * 2 < Math.min(name.length(), MAX_LENGTH))
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(MAX_RESULTS)
                .map(Candidate::name)
                .toList();
    }

    /** Levenshtein distance of the first 64 letters. */
    private static int distance(String a, String b) {
        int rows = Math.min(a.length(), MAX_LENGTH);
        int cols = Math.min(b.length(), MAX_LENGTH);
        int[] above = new int[cols + 1];
        for (int j = 0; j <= cols; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= rows; i++) {
            int[] row = new int[cols + 1];
            row[0] = i;
            for (int j = 1; j <= cols; j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[cols];
    }
}
