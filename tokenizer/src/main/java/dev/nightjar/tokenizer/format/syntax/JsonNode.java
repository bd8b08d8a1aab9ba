package dev.nightjar.tokenizer.format.syntax;

import dev.nightjar.tokenizer.TokenizerFormatException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A value of a JSON file that knows where it stands, so that errors can say so.
 *
 * @param value a map of nodes, a list of nodes, a string, a number, a boolean, or null for JSON's
 *     null
 * @param path where it stands in the document, in the document
 * @param place where it stands in the file
 */
public record JsonNode(Object value, JsonPath path, Place place) {
    /**
     * A place in a file.
     *
     * @param file how errors call the file
     * @param line from 1
     * @param column from 1
     */
    public record Place(String file, int line, int column) {
        @Override
        public String toString() {
            return "%s, line %d, column %d".formatted(file, line, column);
        }
    }

    /** An error about this value. */
    public TokenizerFormatException error(String message) {
        return new TokenizerFormatException("%s: %s: %s".formatted(place, path, message));
    }

    /** Whether this is null. */
    public boolean isNull() {
        return value == null;
    }

    /** The members of an object. */
    public Map<String, JsonNode> members() {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // the reader makes no other maps
            Map<String, JsonNode> members = (Map<String, JsonNode>) map;
            return members;
        }
        throw error("expected an object, found " + kind());
    }

    /** The elements of an array. */
    public List<JsonNode> elements() {
        if (value instanceof List<?> list) {
            @SuppressWarnings("unchecked") // the reader makes no other lists
            List<JsonNode> elements = (List<JsonNode>) list;
            return elements;
        }
        throw error("expected an array, found " + kind());
    }

    /** Whether this is an object. */
    public boolean isObject() {
        return value instanceof Map<?, ?>;
    }

    /** Whether this is an array. */
    public boolean isArray() {
        return value instanceof List<?>;
    }

    /** Whether this is a string. */
    public boolean isString() {
        return value instanceof String;
    }

    /** The string that this is. */
    public String string() {
        if (value instanceof String string) {
            return string;
        }
        throw error("expected a string, found " + kind());
    }

    /** The truth value that this is. */
    public boolean bool() {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw error("expected true or false, found " + kind());
    }

    /** The number that this is. */
    public double number() {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw error("expected a number, found " + kind());
    }

    /** A whole number within bounds. */
    public int integer(int least, int most) {
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= least
                && number.doubleValue() <= most) {
            return number.intValue();
        }
        throw error(
                "expected a whole number from %d to %d, found %s".formatted(least, most, kind()));
    }

    /** One code point. */
    public int codePoint() {
        String text = string();
        if (text.isEmpty() || text.length() != Character.charCount(text.codePointAt(0))) {
            throw error("expected one character, found \"%s\"".formatted(shown(text)));
        }
        return text.codePointAt(0);
    }

    /** The member of this name; neither absent nor null. */
    public JsonNode require(String name) {
        return find(name).orElseThrow(() -> error("expected a member \"%s\"".formatted(name)));
    }

    /** The member of this name, if it is there and not null. */
    public Optional<JsonNode> find(String name) {
        JsonNode member = members().get(name);
        return member == null || member.isNull() ? Optional.empty() : Optional.of(member);
    }

    /** The member of this name as a string, or what stands for it. */
    public String string(String name, String absent) {
        return find(name).map(JsonNode::string).orElse(absent);
    }

    /** The member of this name as a truth value, or what stands for it. */
    public boolean flag(String name, boolean absent) {
        return find(name).map(JsonNode::bool).orElse(absent);
    }

    /** The member of this name as a whole number within bounds, or what stands for it. */
    public int integer(String name, int absent, int least, int most) {
        return find(name).map(node -> node.integer(least, most)).orElse(absent);
    }

    /** The member of this name as a whole number within bounds, if it is there. */
    public OptionalInt optionalInteger(String name, int least, int most) {
        Optional<JsonNode> node = find(name);
        return node.isPresent()
                ? OptionalInt.of(node.get().integer(least, most))
                : OptionalInt.empty();
    }

    /** What this is, in a few words. */
    public String kind() {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> "an object";
            case List<?> list -> "an array";
            case String text -> "\"" + shown(text) + "\"";
            case Object other -> other.toString();
        };
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
