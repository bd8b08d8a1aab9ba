package dev.nightjar.bench.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.bench.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys and types of an answer that a document prints; an answer may hold more. */
final class PrintedShape {

    private final Object printed;

    private PrintedShape(Object printed) {
        this.printed = printed;
    }

    /** The shape of a printed answer; it may have the commas and dots of an abbreviated one. */
    static PrintedShape of(String text) {
        String whole =
                text.replaceAll("(?m)\\.\\.\\.\\.?[^\"\\n\\]]*$", "")
                        .replaceAll(",\\s*\\.\\.\\.", "")
                        .replaceAll(",(\\s*[}\\]])", "$1");
        return new PrintedShape(Json.read(whole));
    }

    /** Fails with all differences. */
    void requireOf(Object answer) {
        List<String> differences = new ArrayList<>();
        compare("$", printed, answer, differences);
        assertEquals(List.of(), differences, () -> "in " + answer);
    }

    private static void compare(String path, Object want, Object found, List<String> differences) {
        switch (want) {
            case Map<?, ?> object when found instanceof Map<?, ?> other ->
                    object.forEach(
                            (name, value) -> {
                                if (other.containsKey(name)) {
                                    String below = path + "." + name;
                                    compare(below, value, other.get(name), differences);
                                } else {
                                    differences.add(path + " lacks " + name);
                                }
                            });
            case List<?> array when found instanceof List<?> other -> {
                for (int i = 0; !array.isEmpty() && i < other.size(); i++) {
                    compare(path + "[" + i + "]", array.getFirst(), other.get(i), differences);
                }
            }
            default -> {
                if (!kind(want).equals(kind(found))) {
                    differences.add(path + ": expected " + kind(want) + ", found " + kind(found));
                }
            }
        }
    }

    private static String kind(Object value) {
        return switch (value) {
            case null -> "null";
            case Boolean any -> "a boolean";
            case Number any -> "a number";
            case String any -> "a string";
            case List<?> any -> "an array";
            case Map<?, ?> any -> "an object";
            default -> value.getClass().getName();
        };
    }
}
