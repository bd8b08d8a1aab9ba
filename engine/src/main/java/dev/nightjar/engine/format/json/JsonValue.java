package dev.nightjar.engine.format.json;

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
        /** Protects the members, which must not be changed by others. */
        public JsonObject {
            members = Collections.unmodifiableMap(members);
        }

        /** No members. */
        public static JsonObject empty() {
            return new JsonObject(new LinkedHashMap<>());
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
        /** Protects the elements, which must not be changed by others. */
        public JsonArray {
            elements = Collections.unmodifiableList(elements);
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
     * @param value rounded to nearest; possibly infinite
     */
    record JsonDecimal(double value) implements JsonValue {
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
