package dev.nightjar.server.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of the file: values by key. An empty one stands for a part that was left out.
 *
 * @param place its line, for errors
 * @param path its keys from the top, such as {@code server.tls}; empty for the whole file
 * @param values what stands there
 */
public record Section(String place, String path, Map<String, Value> values) {

    /** A part that is not there. */
    public static final Section ABSENT = new Section("", "", Map.of());

    /** Copies the map. */
    public Section {
        values = Map.copyOf(values);
    }

    /** The value of a key, if it is there and not null. */
    public <T> Optional<T> get(Key<T> key) {
        return Optional.ofNullable(values.get(key.name())).map(key.reader());
    }

    /** The value of a key, or what holds without it. */
    public <T> T get(Key<T> key, T otherwise) {
        return get(key).orElse(otherwise);
    }

    /**
     * The value of a key that has to be there.
     *
     * @throws ConfigException if it is not
     */
    public <T> T require(Key<T> key) {
        return get(key).orElseThrow(
                        () -> fault("%s is missing: %s".formatted(key.name(), key.help())));
    }

    /** The section of a key; {@link #ABSENT} if it is not there. */
    public Section section(Key<Section> key) {
        return get(key, ABSENT);
    }

    /** The sections of a key; none if it is not there. */
    public List<Section> sections(Key<List<Section>> key) {
        return get(key, List.of());
    }

    /** Whether a key is there. */
    public boolean has(Key<?> key) {
        return values.containsKey(key.name());
    }

    /** A fault of this section as a whole, such as two keys that contradict each other. */
    public ConfigException fault(String message) {
        String where = path.isEmpty() ? place : place + ": " + path;
        return new ConfigException(where.isEmpty() ? message : where + ": " + message);
    }

    /** Without the values, which may be secrets. */
    @Override
    public String toString() {
        return "%s with %s".formatted(path.isEmpty() ? place : path, values.keySet());
    }
}
