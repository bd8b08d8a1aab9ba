package dev.nightjar.server.json;

import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of an object of a file that a person gave us, checked as they are read.
 *
 * @param file for errors
 * @param object the object
 */
public record Members(String file, JsonObject object) {

    /**
     * The members of a value.
     *
     * @throws IllegalArgumentException if it is no object
     */
    public static Members of(String file, JsonValue value) {
        if (value instanceof JsonObject object) {
            return new Members(file, object);
        }
        throw new IllegalArgumentException(
                "%s: expected an object, found %s".formatted(file, value.kind()));
    }

    /** Whether there is such a member that is not null. */
    public boolean has(String name) {
        JsonValue value = object.members().get(name);
        return value != null && value != JsonNull.NULL;
    }

    /** A string. */
    public String text(String name) {
        if (object.members().get(name) instanceof JsonString text) {
            return text.value();
        }
        throw wrong(name, "a string");
    }

    /** A number. */
    public double number(String name) {
        JsonValue value = object.members().get(name);
        if (value == null) {
            throw wrong(name, "a number");
        }
        return number(name, value);
    }

    /** An array of numbers; empty if there is none. */
    public List<Double> numbers(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (!(object.members().get(name) instanceof JsonArray array)) {
            throw wrong(name, "an array of numbers");
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            numbers.add(number(name, element));
        }
        return numbers;
    }

    /** The members of an object in it. */
    public Members members(String name) {
        if (object.members().get(name) instanceof JsonObject inner) {
            return new Members(file + ": " + name, inner);
        }
        throw wrong(name, "an object");
    }

    private double number(String name, JsonValue value) {
        return switch (value) {
            case JsonInteger integer -> integer.value();
            case JsonDecimal decimal -> decimal.value().doubleValue();
            default -> throw wrong(name, "a number");
        };
    }

    private IllegalArgumentException wrong(String name, String expected) {
        JsonValue found = object.members().get(name);
        return new IllegalArgumentException(
                "%s: %s: expected %s, found %s"
                        .formatted(file, name, expected, found == null ? "none" : found.kind()));
    }
}
