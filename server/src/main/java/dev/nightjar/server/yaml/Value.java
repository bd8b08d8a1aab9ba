package dev.nightjar.server.yaml;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands at a key, with its place for errors.
 *
 * @param place the file and line
 * @param path the keys from the top
 * @param content a {@code String}, a {@code List<Value>} or a {@code Map<String, Value>}
 */
public record Value(String place, String path, Object content) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Pattern BYTES =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)([KMGT]?)(?:I?B)?");
    private static final String BYTE_UNITS = "KMGT";
    private static final int UNIT_BITS = 10;
    private static final Map<String, Duration> UNITS =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1));

    /** The text of a single value. */
    public String text() {
        if (content instanceof String text) {
            return text;
        }
        throw expected("a single value");
    }

    boolean bool() {
        return switch (text().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw expected("true or false");
        };
    }

    long integer(long low, long high) {
        try {
            long number = Long.parseLong(text().replace("_", ""));
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException notNumber) {
            // told below, as a number out of range is
        }
        throw expected(
                high == Long.MAX_VALUE || high == Integer.MAX_VALUE
                        ? "a whole number from " + low
                        : "a whole number from %d to %d".formatted(low, high));
    }

    Duration duration() {
        Matcher form = DURATION.matcher(text().strip());
        if (form.matches() && Long.parseLong(form.group(1)) > 0) {
            return UNITS.get(form.group(2)).multipliedBy(Long.parseLong(form.group(1)));
        }
        throw expected("a time above zero with its unit, such as 500ms, 30s, 10m, 2h or 7d");
    }

    long bytes() {
        Matcher form = BYTES.matcher(text().strip().toUpperCase(Locale.ROOT));
        if (form.matches()) {
            int unit = form.group(2).isEmpty() ? 0 : BYTE_UNITS.indexOf(form.group(2)) + 1;
            double amount = Double.parseDouble(form.group(1)) * (1L << UNIT_BITS * unit);
            if (amount >= 1 && amount < Long.MAX_VALUE) {
                return (long) amount;
            }
        }
        throw expected("an amount of memory above zero, such as 512M or 2G");
    }

    String word(List<String> words) {
        String word = text().toLowerCase(Locale.ROOT).replace('-', '_');
        if (words.contains(word)) {
            return word;
        }
        throw expected("one of " + String.join(", ", words));
    }

    /** What the parser makes of a text of one of those forms. */
    <T> T parsed(String forms, Function<String, T> parser) {
        try {
            return parser.apply(text());
        } catch (IllegalArgumentException other) {
            throw expected("one of " + forms);
        }
    }

    @SuppressWarnings("unchecked") // of the constructor's contract
    List<Value> list() {
        if (content instanceof List<?> values) {
            return (List<Value>) values;
        }
        throw expected("a list");
    }

    <T> Map<String, T> map(Function<Value, T> reader) {
        Map<String, T> all = new LinkedHashMap<>();
        members().forEach((name, value) -> all.put(name, reader.apply(value)));
        return all;
    }

    Section section(KeySet keys) {
        Map<String, Value> members = members();
        members.keySet().stream()
                .filter(name -> !keys.has(name))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw unknown(members.get(name), name, keys);
                        });
        return new Section(place, path, members);
    }

    @SuppressWarnings("unchecked") // of the constructor's contract
    private Map<String, Value> members() {
        if (content instanceof Map<?, ?> values) {
            return (Map<String, Value>) values;
        }
        throw expected("a section, which is keys with values");
    }

    private static ConfigException unknown(Value value, String name, KeySet keys) {
        String advice =
                keys.nearest(name)
                        .map(known -> "did you mean '%s'?".formatted(known))
                        .orElseGet(
                                () ->
                                        "known here are "
                                                + String.join(
                                                        ", ",
                                                        keys.keys().stream()
                                                                .map(Key::name)
                                                                .toList()));
        return new ConfigException(
                "%s: there is no key '%s'; %s".formatted(value.place(), value.path(), advice));
    }

    /** The error for content of another form; repeats short single values only. */
    ConfigException expected(String what) {
        String found =
                switch (content) {
                    case List<?> list -> "a list of %d".formatted(list.size());
                    case Map<?, ?> map -> "a section with %d keys".formatted(map.size());
                    default -> "'" + content + "'";
                };
        return new ConfigException(
                "%s: %s must be %s, found %s".formatted(place, path, what, found));
    }

    /** Without the content, which may be a secret. */
    @Override
    public String toString() {
        return path + " at " + place;
    }
}
