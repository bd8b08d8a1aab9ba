package dev.nightjar.server.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value. */
public sealed interface JsonValue {

    /** What it is, with its article, for error messages. */
    String kind();

    /**
     * An object; its members keep their order.
     *
     * @param members name to value
     */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        /** Copies the members. */
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /**
     * An array.
     *
     * @param elements in order
     */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        /** Copies the elements. */
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    /**
     * A string.
     *
     * @param value unescaped
     */
    record JsonString(String value) implements JsonValue {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /**
     * A number that fits a long and has no fraction.
     *
     * @param value exactly
     */
    record JsonInteger(long value) implements JsonValue {
        @Override
        public String kind() {
            return "an integer";
        }
    }

    /**
     * Any other number.
     *
     * @param value exactly
     */
    record JsonDecimal(BigDecimal value) implements JsonValue {
        @Override
        public String kind() {
            return "a number";
        }
    }

    /** True or false. */
    enum JsonBoolean implements JsonValue {
        TRUE,
        FALSE;

        @Override
        public String kind() {
            return "a boolean";
        }
    }

    /** The value null. */
    enum JsonNull implements JsonValue {
        NULL;

        @Override
        public String kind() {
            return "null";
        }
    }
}
