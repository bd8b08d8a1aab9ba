package dev.nightjar.engine.format.json;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonBoolean;
import dev.nightjar.engine.format.json.JsonValue.JsonDecimal;
import dev.nightjar.engine.format.json.JsonValue.JsonInteger;
import dev.nightjar.engine.format.json.JsonValue.JsonNull;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The members of one JSON object of one file, with types and ranges checked. A member that is null
 * counts as absent. It remembers what it was asked for, so that members that no code knows can be
 * told. For one thread.
 */
public final class JsonFields {

    private final String file;
    private final String path;
    private final JsonObject object;
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, JsonValue> assumed = new TreeMap<>();

    private JsonFields(String file, String path, JsonObject object) {
        this.file = file;
        this.path = path;
        this.object = object;
    }

    /** The members of a whole document; {@code file} is named in errors. */
    public static JsonFields of(String file, JsonObject document) {
        return new JsonFields(file, "", document);
    }

    /** The object itself. */
    public JsonObject object() {
        return object;
    }

    /** The file that errors name. */
    public String file() {
        return file;
    }

    /** A member that is present and not null. */
    public Optional<JsonValue> optional(String key) {
        asked.add(key);
        return Optional.ofNullable(object.members().get(key))
                .filter(value -> value != JsonNull.NULL)
                .or(() -> Optional.ofNullable(assumed.get(key)));
    }

    /** Takes a value for granted where the member is absent from now on. */
    public void assume(String key, JsonValue value) {
        assumed.put(key, value);
    }

    /** Whether a member is present and not null. */
    public boolean contains(String key) {
        return optional(key).isPresent();
    }

    /** The names of members that nobody asked for. */
    public List<String> unasked() {
        return object.members().keySet().stream().filter(key -> !asked.contains(key)).toList();
    }

    /** An integer from 1 to {@code max}. */
    public int size(String key, int max) {
        return optionalSize(key, max).orElseThrow(() -> missing(key));
    }

    /** An integer from 1 to {@code max}, or empty. */
    public OptionalInt optionalSize(String key, int max) {
        OptionalLong value = optionalInteger(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsLong() < 1 || value.getAsLong() > max) {
            throw error(key, "expected 1 to %d, found %d".formatted(max, value.getAsLong()));
        }
        return OptionalInt.of((int) value.getAsLong());
    }

    /** An integer, or empty. */
    public OptionalLong optionalInteger(String key) {
        Optional<JsonValue> value = optional(key);
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(integer(key, value.get()));
    }

    /** A finite number above 0. */
    public double positive(String key) {
        OptionalDouble value = optionalPositive(key);
        return value.orElseThrow(() -> missing(key));
    }

    /** A finite number above 0, or empty. */
    public OptionalDouble optionalPositive(String key) {
        OptionalDouble value = optionalNumber(key);
        if (value.isPresent() && !(value.getAsDouble() > 0)) {
            throw error(key, "expected a number above 0, found " + value.getAsDouble());
        }
        return value;
    }

    /** A finite number, or empty. */
    public OptionalDouble optionalNumber(String key) {
        Optional<JsonValue> value = optional(key);
        return value.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(number(key, value.get()));
    }

    /** A boolean, or empty. */
    public Optional<Boolean> optionalBoolean(String key) {
        return optional(key)
                .map(
                        value -> {
                            if (value instanceof JsonBoolean flag) {
                                return flag == JsonBoolean.TRUE;
                            }
                            throw wrongKind(key, "a boolean", value);
                        });
    }

    /** A string, or empty. */
    public Optional<String> optionalText(String key) {
        return optional(key).map(value -> text(key, value));
    }

    /** A string. */
    public String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    /** The members of an object below this one, or empty; ask once for {@link #unasked}'s sake. */
    public Optional<JsonFields> optionalFields(String key) {
        return optional(key)
                .map(
                        value -> {
                            if (value instanceof JsonObject below) {
                                return new JsonFields(file, path + key + ".", below);
                            }
                            throw wrongKind(key, "an object", value);
                        });
    }

    /** An array of finite numbers, or empty. */
    public Optional<List<Double>> optionalNumbers(String key) {
        return optionalArray(key)
                .map(array -> array.stream().map(value -> number(key, value)).toList());
    }

    /** An array of strings, or empty. */
    public Optional<List<String>> optionalTexts(String key) {
        return optionalArray(key)
                .map(array -> array.stream().map(value -> text(key, value)).toList());
    }

    /** One integer or an array of them; an empty list if the member is absent. */
    public List<Long> integers(String key) {
        Optional<JsonValue> value = optional(key);
        List<Long> integers = new ArrayList<>();
        if (value.isPresent() && value.get() instanceof JsonArray array) {
            array.elements().forEach(element -> integers.add(integer(key, element)));
        } else {
            value.ifPresent(one -> integers.add(integer(key, one)));
        }
        return integers;
    }

    /** An array, or empty. */
    public Optional<List<JsonValue>> optionalArray(String key) {
        return optional(key)
                .map(
                        value -> {
                            if (value instanceof JsonArray array) {
                                return array.elements();
                            }
                            throw wrongKind(key, "an array", value);
                        });
    }

    /** An error about one member. */
    public ModelFormatException error(String key, String problem) {
        return new ModelFormatException("%s: %s%s: %s".formatted(file, path, key, problem));
    }

    private ModelFormatException missing(String key) {
        return error(key, "expected this key, found none");
    }

    private ModelFormatException wrongKind(String key, String expected, JsonValue found) {
        return error(key, "expected %s, found %s".formatted(expected, found.kind()));
    }

    private long integer(String key, JsonValue value) {
        if (value instanceof JsonInteger integer) {
            return integer.value();
        }
        // Some writers give every number a fraction.
        if (value instanceof JsonDecimal decimal && decimal.value() == (int) decimal.value()) {
            return (long) decimal.value();
        }
        throw wrongKind(key, "an integer", value);
    }

    private double number(String key, JsonValue value) {
        if (value instanceof JsonInteger integer) {
            return integer.value();
        }
        if (value instanceof JsonDecimal decimal && Double.isFinite(decimal.value())) {
            return decimal.value();
        }
        throw wrongKind(key, "a finite number", value);
    }

    private String text(String key, JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw wrongKind(key, "a string", value);
    }
}
