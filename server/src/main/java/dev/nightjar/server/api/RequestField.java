package dev.nightjar.server.api;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value inside a request body, with the path that leads to it. Its accessors answer a value of
 * the wrong type with an {@link ApiException} that names the path.
 *
 * @param path such as {@code messages[1].content}
 * @param value the value there
 * @param ignored collects what the whole request holds beside known members
 */
public record RequestField(String path, JsonValue value, IgnoredFields ignored) {

    /** The string. */
    public String string() {
        return value instanceof JsonString string ? string.value() : expected("a string");
    }

    /** The boolean. */
    public boolean bool() {
        return value instanceof JsonBoolean bool ? bool == JsonBoolean.TRUE : expected("a boolean");
    }

    /** The integer; a number without fraction such as {@code 16.0} is one. */
    public long integer() {
        return switch (value) {
            case JsonInteger integer -> integer.value();
            case JsonDecimal decimal when isLong(decimal.value()) -> decimal.value().longValue();
            case JsonDecimal decimal -> expected("an integer of at most 64 bits", decimal.value());
            default -> expected("an integer");
        };
    }

    /** The integer, in {@code [low, high]}. */
    public int integer(int low, int high) {
        long found = integer();
        if (found < low || found > high) {
            return expected("an integer from %d to %d".formatted(low, high), found);
        }
        return (int) found;
    }

    /** The number, in {@code (low, high]}. */
    public double numberAbove(double low, double high) {
        String range = "a number above %s and at most %s".formatted(plain(low), plain(high));
        double found = number(range);
        return found > low && found <= high ? found : this.<Double>expected(range, found);
    }

    private double number(String expected) {
        return switch (value) {
            case JsonInteger integer -> integer.value();
            case JsonDecimal decimal -> decimal.value().doubleValue();
            default -> this.<Double>expected(expected);
        };
    }

    /** The number, in {@code [low, high]}. */
    public double number(double low, double high) {
        String range = "a number from %s to %s".formatted(plain(low), plain(high));
        double found = number(range);
        return found >= low && found <= high ? found : this.<Double>expected(range, found);
    }

    /** The string, one of {@code words}. */
    public String word(List<String> words) {
        String found = string();
        return words.contains(found)
                ? found
                : expected("one of " + String.join(", ", words), "'" + found + "'");
    }

    /** The elements of the array. */
    public List<RequestField> elements() {
        if (!(value instanceof JsonArray array)) {
            return expected("an array");
        }
        return IntStream.range(0, array.elements().size())
                .mapToObj(i -> element(array, i))
                .toList();
    }

    private RequestField element(JsonArray array, int index) {
        return new RequestField(path + "[" + index + "]", array.elements().get(index), ignored);
    }

    /** The object. */
    public RequestObject object() {
        return value instanceof JsonObject object
                ? new RequestObject(path, object, ignored)
                : expected("an object");
    }

    /** Whether it is a string. */
    public boolean isString() {
        return value instanceof JsonString;
    }

    /** Whether it is an array. */
    public boolean isArray() {
        return value instanceof JsonArray;
    }

    /** Whether it is a number without fraction. */
    public boolean isInteger() {
        return value instanceof JsonInteger;
    }

    /** Answers with "PATH must be WHAT, found KIND". */
    public <T> T expected(String what) {
        return expected(path, what, value.kind());
    }

    /** Answers with "PATH must be WHAT, found VALUE". */
    public <T> T expected(String what, Object found) {
        return expected(path, what, found.toString());
    }

    /** Answers with a message about this field. */
    public ApiException refused(String message) {
        return ApiError.invalidRequest(message).withParam(path).asException();
    }

    private static <T> T expected(String path, String what, String found) {
        throw ApiError.invalidRequest("%s must be %s, found %s".formatted(path, what, found))
                .withParam(path)
                .asException();
    }

    private static boolean isLong(BigDecimal value) {
        return value.precision() - value.scale() <= Long.SIZE / 3
                && value.stripTrailingZeros().scale() <= 0
                && value.toBigInteger().bitLength() < Long.SIZE;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
