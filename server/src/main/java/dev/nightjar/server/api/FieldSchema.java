package dev.nightjar.server.api;

import dev.nightjar.server.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a member of a request takes, as a JSON schema.
 *
 * @param json the schema, one JSON object
 */
public record FieldSchema(String json) {

    /** Anything. */
    public static FieldSchema anything() {
        return new FieldSchema("{}");
    }

    /** Written out by hand. */
    public static FieldSchema of(String json) {
        return new FieldSchema(json);
    }

    /** A type without further conditions. */
    public static FieldSchema string() {
        return new FieldSchema("{\"type\":\"string\"}");
    }

    /** True or false. */
    public static FieldSchema bool() {
        return new FieldSchema("{\"type\":\"boolean\"}");
    }

    /** Any integer of 64 bits. */
    public static FieldSchema integer() {
        return new FieldSchema("{\"type\":\"integer\",\"format\":\"int64\"}");
    }

    /** An integer in a range; the largest int stands for no limit. */
    public static FieldSchema integer(int low, int high) {
        String upper = high == Integer.MAX_VALUE ? "" : ",\"maximum\":" + high;
        return new FieldSchema("{\"type\":\"integer\",\"minimum\":%d%s}".formatted(low, upper));
    }

    /** A number in a range. */
    public static FieldSchema number(double low, double high) {
        return new FieldSchema(
                "{\"type\":\"number\",\"minimum\":%s,\"maximum\":%s}".formatted(low, high));
    }

    /** A number above a bound, and at most another. */
    public static FieldSchema numberAbove(double low, double high) {
        return new FieldSchema(
                "{\"type\":\"number\",\"exclusiveMinimum\":%s,\"maximum\":%s}"
                        .formatted(low, high));
    }

    /** One of these words. */
    public static FieldSchema words(List<String> words) {
        byte[] array =
                JsonText.of(
                        json -> {
                            json.writeStartArray();
                            for (String word : words) {
                                json.writeString(word);
                            }
                            json.writeEndArray();
                        });
        return new FieldSchema(
                "{\"type\":\"string\",\"enum\":%s}"
                        .formatted(new String(array, StandardCharsets.UTF_8)));
    }

    /** An array of such elements. */
    public static FieldSchema arrayOf(FieldSchema element) {
        return new FieldSchema("{\"type\":\"array\",\"items\":%s}".formatted(element.json));
    }

    /** An array of such elements, at least one. */
    public static FieldSchema nonEmptyArrayOf(FieldSchema element) {
        return new FieldSchema(
                "{\"type\":\"array\",\"minItems\":1,\"items\":%s}".formatted(element.json));
    }

    /** The same with values that are taken, where its keywords do not say enough. */
    public FieldSchema withExamples(String... values) {
        String open = json.substring(0, json.length() - 1);
        String comma = open.equals("{") ? "" : ",";
        return new FieldSchema(
                "%s%s\"examples\":[%s]}".formatted(open, comma, String.join(",", values)));
    }

    /** Either of these. */
    public static FieldSchema anyOf(FieldSchema... options) {
        List<String> texts = Arrays.stream(options).map(FieldSchema::json).toList();
        return new FieldSchema("{\"anyOf\":[%s]}".formatted(String.join(",", texts)));
    }
}
