package dev.nightjar.server.config;

import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import java.util.ArrayList;
import java.util.List;

/** All keys of the configuration file with what they mean, for people. */
public final class KeyReference {

    /**
     * A key with its place.
     *
     * @param path from the top, such as {@code server.port}; {@code [*]} stands for an element of a
     *     list, {@code <name>} for a name that is free to choose
     * @param type what it takes
     * @param help what it means
     */
    public record Entry(String path, String type, String help) {}

    private KeyReference() {}

    /** All keys, sections before what they hold. */
    public static List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        add("", NightjarConfig.KEYS, entries);
        return entries;
    }

    private static void add(String above, KeySet keys, List<Entry> entries) {
        for (Key<?> key : keys.keys()) {
            String path = above + key.name();
            entries.add(new Entry(path, key.type(), key.help()));
            key.inner().ifPresent(inner -> add(path + inside(key), inner, entries));
        }
    }

    private static String inside(Key<?> key) {
        return switch (key.type()) {
            case "list of sections" -> "[*].";
            case "sections by name" -> ".<name>.";
            default -> ".";
        };
    }
}
