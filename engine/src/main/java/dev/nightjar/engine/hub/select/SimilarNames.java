package dev.nightjar.engine.hub.select;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Orders names by how many pairs of letters they share with a given one, for error messages. */
final class SimilarNames {

    private static final int MAX_RESULTS = 5;
    private static final int MAX_CANDIDATES = 10_000;

    private SimilarNames() {}

    private record Candidate(String name, double likeness) {}

    /** At most five of the names, the most similar first, and how many there are besides. */
    static String of(String name, Collection<String> names) {
        Set<String> wanted = pairs(name);
        List<String> nearest =
                names.stream()
                        .limit(MAX_CANDIDATES)
                        .map(each -> new Candidate(each, likeness(wanted, pairs(each))))
                        .sorted(Comparator.comparingDouble(Candidate::likeness).reversed())
                        .limit(MAX_RESULTS)
                        .map(Candidate::name)
                        .toList();
        int others = names.size() - nearest.size();
        return String.join(", ", nearest) + (others > 0 ? " and " + others + " more" : "");
    }

    /** Sørensen-Dice coefficient. */
    private static double likeness(Set<String> a, Set<String> b) {
        long shared = a.stream().filter(b::contains).count();
        return 2.0 * shared / Math.max(1, a.size() + b.size());
    }

    private static Set<String> pairs(String name) {
        String letters = name.toLowerCase(Locale.ROOT);
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 2 <= letters.length(); i++) {
            pairs.add(letters.substring(i, i + 2));
        }
        return pairs;
    }
}
