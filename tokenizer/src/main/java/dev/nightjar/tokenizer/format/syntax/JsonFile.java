package dev.nightjar.tokenizer.format.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.nightjar.tokenizer.TokenizerFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON file that is read from the front, small values as {@link JsonNode}s and large ones token
 * by token. Nesting is bounded; memory follows the bytes of the file.
 */
public final class JsonFile implements AutoCloseable {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_CHARS = 1 << 20;
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNameLength(MAX_NAME_CHARS)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    // Names are the tokens of a vocabulary; they are not worth a shared table.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private final String name;
    private final JsonParser parser;

    private JsonFile(String name, JsonParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /**
     * Begins to read; the first token is not read yet.
     *
     * @param name how errors call the file
     */
    public static JsonFile open(byte[] json, String name) {
        try {
            return new JsonFile(name, FACTORY.createParser(json));
        } catch (IOException e) {
            throw new TokenizerFormatException(name + ": expected JSON, found: " + e.getMessage());
        }
    }

    /** A whole file as one node. */
    public static JsonNode read(byte[] json, String name) {
        try (JsonFile file = open(json, name)) {
            file.next();
            JsonNode node = file.node(JsonPath.ROOT);
            file.requireEnd();
            return node;
        }
    }

    /** The next token; null at the end of the file. */
    public JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** The token that was read last. */
    public JsonToken current() {
        return parser.currentToken();
    }

    /** The name of the member whose name or value was read last. */
    public String currentName() {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** The text of the token that was read last. */
    public String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** The characters of the token that was read last, without a string of them. */
    public Characters characters() {
        try {
            char[] buffer = parser.getTextCharacters();
            int start = parser.getTextOffset();
            return new Characters(buffer, start, start + parser.getTextLength());
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** {@code buffer[from, to)}, valid until the next token is read. */
    public record Characters(char[] buffer, int from, int to) {
        /** A string of them. */
        public String text() {
            return new String(buffer, from, to - from);
        }
    }

    /** The number that was read last, as a whole number within bounds. */
    public int integer(int least, int most, JsonPath path) {
        try {
            if (current() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() == JsonParser.NumberType.INT
                    && parser.getIntValue() >= least
                    && parser.getIntValue() <= most) {
                return parser.getIntValue();
            }
        } catch (IOException e) {
            throw malformed(e);
        }
        throw error(
                path,
                "expected a whole number from %d to %d, found %s"
                        .formatted(least, most, current() == null ? "the end" : text()));
    }

    /** The number that was read last. */
    public double number(JsonPath path) {
        try {
            if (current() == JsonToken.VALUE_NUMBER_INT
                    || current() == JsonToken.VALUE_NUMBER_FLOAT) {
                return parser.getDoubleValue();
            }
        } catch (IOException e) {
            throw malformed(e);
        }
        throw error(path, "expected a number, found " + (current() == null ? "the end" : text()));
    }

    /** Requires the token that was read last to be of a kind. */
    public void require(JsonToken kind, String expected, JsonPath path) {
        if (current() != kind) {
            throw error(
                    path,
                    "expected %s, found %s"
                            .formatted(expected, current() == null ? "the end" : text()));
        }
    }

    /** Requires the file to end here. */
    public void requireEnd() {
        if (next() != null) {
            throw error(JsonPath.ROOT, "expected the end of the file, found " + text());
        }
    }

    /** The value whose first token was read last, whole. */
    public JsonNode node(JsonPath path) {
        JsonNode.Place place = place();
        JsonToken token = current();
        if (token == null) {
            throw error(path, "expected a value, found the end of the file");
        }
        try {
            return switch (token) {
                case START_OBJECT -> new JsonNode(object(path), path, place);
                case START_ARRAY -> new JsonNode(array(path), path, place);
                case VALUE_STRING -> new JsonNode(text(), path, place);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                        new JsonNode(parser.getDoubleValue(), path, place);
                case VALUE_TRUE -> new JsonNode(true, path, place);
                case VALUE_FALSE -> new JsonNode(false, path, place);
                case VALUE_NULL -> new JsonNode(null, path, place);
                default -> throw error(path, "expected a value, found " + text());
            };
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private Map<String, JsonNode> object(JsonPath path) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        while (next() == JsonToken.FIELD_NAME) {
            String member = currentName();
            next();
            members.put(member, node(path.member(member)));
        }
        return members;
    }

    private List<JsonNode> array(JsonPath path) {
        List<JsonNode> elements = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            elements.add(node(path.element(elements.size())));
        }
        return elements;
    }

    /** An error about the place that was read last. */
    public TokenizerFormatException error(JsonPath path, String message) {
        return new TokenizerFormatException("%s: %s: %s".formatted(place(), path, message));
    }

    /** The place that was read last. */
    public JsonNode.Place place() {
        JsonLocation at = parser.currentTokenLocation();
        return new JsonNode.Place(name, at.getLineNr(), at.getColumnNr());
    }

    private TokenizerFormatException malformed(IOException e) {
        String first = e.getMessage().lines().findFirst().orElse("");
        return new TokenizerFormatException(
                "%s: expected JSON, found: %s".formatted(place(), first));
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw malformed(e);
        }
    }
}
