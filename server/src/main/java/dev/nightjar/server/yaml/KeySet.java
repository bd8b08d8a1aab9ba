package dev.nightjar.server.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that a section may hold.
 *
 * @param keys in the order in which people should read them
 */
public record KeySet(List<Key<?>> keys) {

    /** Names that differ by more edits than this share of their length are not alike. */
    private static final int LETTERS_PER_EDIT = 3;

    /** Copies the list. */
    public KeySet {
        keys = List.copyOf(keys);
    }

    /** Of these keys. */
    public static KeySet of(Key<?>... keys) {
        return new KeySet(List.of(keys));
    }

    /** These and others. */
    public KeySet and(KeySet more) {
        return new KeySet(Stream.concat(keys.stream(), more.keys.stream()).toList());
    }

    /** Whether a key is declared. */
    boolean has(String name) {
        return keys.stream().anyMatch(key -> key.name().equals(name));
    }

    /** The declared name that is most like this one, if any is alike. */
    Optional<String> nearest(String name) {
        int most = Math.max(2, name.length() / LETTERS_PER_EDIT);
        return keys.stream()
                .map(Key::name)
                .filter(known -> distance(known, name) <= Math.min(most, known.length() - 1))
                .min((a, b) -> Integer.compare(distance(a, name), distance(b, name)));
    }

    /** Levenshtein's distance: the fewest letters to insert, remove or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
