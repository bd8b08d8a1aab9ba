package dev.nightjar.server.observe.metric;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A dimension of a metric. It has few values, whatever clients send: those that are not foreseen,
 * or come when all places are taken, count as {@link #OTHER}. Thread-safe.
 */
public final class Label {

    /** What stands for all values that have no place of their own. */
    public static final String OTHER = "other";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final int MAX_LENGTH = 100;

    private final String name;
    private final int limit;
    private final Set<String> values;

    private Label(String name, int limit, Collection<String> values) {
        if (!NAME.matcher(name).matches() || name.equals("le")) {
            throw new IllegalArgumentException(
                    "a label is named in lower case letters, digits and _, found '%s'"
                            .formatted(name));
        }
        this.name = name;
        this.limit = limit;
        this.values = ConcurrentHashMap.newKeySet();
        this.values.addAll(values);
    }

    /** With these values and no others. */
    public static Label oneOf(String name, String... values) {
        return oneOf(name, List.of(values));
    }

    /** With these values and no others. */
    public static Label oneOf(String name, Collection<String> values) {
        return new Label(name, 0, values);
    }

    /** With the first so many values that come. */
    public static Label upTo(int limit, String name) {
        return new Label(name, limit, List.of());
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The value that is counted for one that came. */
    String fold(String value) {
        String shortened = value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH);
        if (values.contains(shortened)) {
            return shortened;
        }
        synchronized (values) {
            if (values.size() >= limit) {
                return OTHER;
            }
            values.add(shortened);
            return shortened;
        }
    }
}
