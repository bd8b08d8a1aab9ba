package dev.nightjar.server.auth;

import dev.nightjar.server.gate.Permissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words for tasks in scopes; several words for one task, as people write both. */
public final class TaskWords {

    private static final Map<String, String> OTHERS =
            Map.of(
                    "generate", "text-generation",
                    "chat", "text-generation",
                    "embed", "embedding",
                    "rerank", "reranking",
                    "classify", "classification",
                    "predict", "prediction");

    /** The words that are kept. */
    public static final List<String> ALL =
            List.of(
                    "text-generation",
                    "embedding",
                    "reranking",
                    "classification",
                    "prediction",
                    Permissions.METRICS);

    private TaskWords() {}

    /** The word that is kept for one that somebody wrote. */
    public static String canonical(String word) {
        return OTHERS.getOrDefault(word, word);
    }

    /** All words that may be written. */
    public static List<String> accepted() {
        Set<String> words = new TreeSet<>(OTHERS.keySet());
        words.addAll(ALL);
        return List.copyOf(words);
    }

    /** Those to keep; a word that no task has permits nothing. */
    static Set<String> known(Collection<String> words) {
        Set<String> known = new TreeSet<>();
        words.forEach(word -> known.add(canonical(word)));
        return known;
    }
}
