package dev.nightjar.server.yaml;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A key of the configuration file, declared once: what it is called, what it takes, what it means
 * and how it is read.
 *
 * @param <T> what it is read as
 * @param name as it stands in the file
 * @param type what it takes, for people
 * @param help what it means, and what holds without it
 * @param reader reads it, or throws an error that names it
 * @param inner the keys of the sections that it holds, if it holds some
 */
public record Key<T>(
        String name, String type, String help, Function<Value, T> reader, Optional<KeySet> inner) {

    private static <T> Key<T> of(String name, String type, String help, Function<Value, T> reader) {
        return new Key<>(name, type, help, reader, Optional.empty());
    }

    /** A text. */
    public static Key<String> text(String name, String help) {
        return of(name, "text", help, Value::text);
    }

    /** True or false. */
    public static Key<Boolean> bool(String name, String help) {
        return of(name, "true or false", help, Value::bool);
    }

    /** A whole number in {@code [low, high]}. */
    public static Key<Integer> integer(String name, int low, int high, String help) {
        String type =
                high == Integer.MAX_VALUE
                        ? "number from %d".formatted(low)
                        : "number from %d to %d".formatted(low, high);
        return of(name, type, help, value -> (int) value.integer(low, high));
    }

    /** A whole number of 64 bits from {@code low}. */
    public static Key<Long> longInteger(String name, long low, String help) {
        return of(
                name,
                "number from %d".formatted(low),
                help,
                value -> value.integer(low, Long.MAX_VALUE));
    }

    /**
     * A time above zero, such as {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d}.
     */
    public static Key<Duration> duration(String name, String help) {
        return of(name, "time, such as 30s or 10m", help, Value::duration);
    }

    /** An amount of memory above zero, such as {@code 512M}; units are powers of 1024. */
    public static Key<Long> bytes(String name, String help) {
        return of(name, "size, such as 512M or 2G", help, Value::bytes);
    }

    /** One of an enum's constants, in lower case. */
    public static <E extends Enum<E>> Key<E> word(String name, Class<E> words, String help) {
        List<String> names =
                Stream.of(words.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList();
        return of(
                name,
                String.join(", ", names),
                help,
                value -> words.getEnumConstants()[names.indexOf(value.word(names))]);
    }

    /**
     * A text of forms of its own.
     *
     * @param type the forms, for people
     * @param parser reads it, or throws an {@code IllegalArgumentException}
     */
    public static <T> Key<T> parsed(
            String name, String type, Function<String, T> parser, String help) {
        return of(name, type, help, value -> value.parsed(type, parser));
    }

    /** A list of texts. */
    public static Key<List<String>> texts(String name, String help) {
        return of(
                name,
                "list of texts",
                help,
                value -> value.list().stream().map(Value::text).toList());
    }

    /** Texts by name. */
    public static Key<Map<String, String>> textsByName(String name, String help) {
        return of(name, "texts by name", help, value -> value.map(Value::text));
    }

    /** Whole numbers from {@code low} by name. */
    public static Key<Map<String, Long>> integersByName(String name, long low, String help) {
        return of(
                name,
                "numbers by name",
                help,
                value -> value.map(each -> each.integer(low, Long.MAX_VALUE)));
    }

    /** A section with keys of its own. */
    public static Key<Section> section(String name, KeySet keys, String help) {
        return new Key<>(name, "section", help, value -> value.section(keys), Optional.of(keys));
    }

    /** A list of sections with the same keys. */
    public static Key<List<Section>> sections(String name, KeySet keys, String help) {
        return new Key<>(
                name,
                "list of sections",
                help,
                value -> value.list().stream().map(each -> each.section(keys)).toList(),
                Optional.of(keys));
    }

    /** Sections with the same keys, by name. */
    public static Key<Map<String, Section>> sectionsByName(String name, KeySet keys, String help) {
        return new Key<>(
                name,
                "sections by name",
                help,
                value -> value.map(each -> each.section(keys)),
                Optional.of(keys));
    }
}
