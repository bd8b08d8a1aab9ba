package dev.nightjar.engine.format.lightgbm;

import dev.nightjar.engine.format.ModelFormatException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/** Lines of {@code key=value} up to an empty one; a line without a value is a flag. */
final class Section {
    private final String file;
    private final String name;
    private final Map<String, String> values = new HashMap<>();

    Section(String file, String name) {
        this.file = file;
        this.name = name;
    }

    void add(String line) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? line : line.substring(0, equals);
        values.putIfAbsent(key.strip(), equals < 0 ? "" : line.substring(equals + 1).strip());
    }

    boolean contains(String key) {
        return values.containsKey(key);
    }

    Optional<String> optional(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    String text(String key) {
        return optional(key).orElseThrow(() -> error(key, "expected this key, found none"));
    }

    int integer(String key) {
        return integer(key, text(key));
    }

    int integer(String key, int otherwise) {
        return optional(key).map(value -> integer(key, value)).orElse(otherwise);
    }

    private int integer(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw error(key, "expected a whole number, found " + shortened(value));
        }
    }

    /** So many whole numbers. */
    int[] integers(String key, int count) {
        double[] numbers = numbers(key, count);
        for (double number : numbers) {
            if (number != (int) number) {
                throw error(key, "expected whole numbers, found " + number);
            }
        }
        return Arrays.stream(numbers).mapToInt(number -> (int) number).toArray();
    }

    /** So many numbers. */
    double[] numbers(String key, int count) {
        double[] numbers = numbers(key);
        if (numbers.length != count) {
            throw error(key, "expected %d numbers, found %d".formatted(count, numbers.length));
        }
        return numbers;
    }

    /** All numbers, none if the key is absent. */
    double[] numbers(String key) {
        StringTokenizer words = new StringTokenizer(values.getOrDefault(key, ""), " \t");
        double[] numbers = new double[words.countTokens()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(key, words.nextToken());
        }
        return numbers;
    }

    private double number(String key, String word) {
        try {
            return switch (word) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan", "-nan" -> Double.NaN;
                default -> Double.parseDouble(word);
            };
        } catch (NumberFormatException e) {
            throw error(key, "expected numbers, found " + shortened(word));
        }
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }

    ModelFormatException error(String key, String problem) {
        return new ModelFormatException("%s: %s: %s: %s".formatted(file, name, key, problem));
    }
}
