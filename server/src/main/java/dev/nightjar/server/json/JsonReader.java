package dev.nightjar.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON document, no more and no less: a repeated name, a trailing value, too deep nesting
 * or too many values are errors.
 */
public final class JsonReader {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 400;

    /** Bounds the memory of documents that are all brackets and commas. */
    private static final long MAX_TOKENS = 4_000_000;

    private static final JsonFactory FACTORY = factory().build();

    /** Python's JSON has three numbers more. */
    private static final JsonFactory OF_PYTHON =
            factory().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    /** A number that no double holds. */
    private static final BigDecimal BEYOND = new BigDecimal("1E+400");

    private JsonReader() {}

    private static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxNumberLength(MAX_NUMBER_LENGTH)
                                .maxTokenCount(MAX_TOKENS)
                                .maxStringLength(Integer.MAX_VALUE)
                                .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
    }

    /**
     * The value of a document in UTF-8.
     *
     * @throws JsonSyntaxException with line and column, if it is not one JSON value
     */
    public static JsonValue read(byte[] document) {
        return read(document, FACTORY);
    }

    /**
     * The value of a document as Python writes it: a bare {@code NaN} becomes null, an infinity a
     * number beyond all doubles.
     *
     * @throws JsonSyntaxException as {@link #read(byte[])} does
     */
    public static JsonValue readOfPython(byte[] document) {
        return read(document, OF_PYTHON);
    }

    private static JsonValue read(byte[] document, JsonFactory factory) {
        try (JsonParser parser = factory.createParser(document)) {
            return read(parser);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonValue read(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw error("expected a JSON value, found nothing", parser.currentLocation());
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                throw error(
                        "expected the end after the JSON value, found more",
                        parser.currentTokenLocation());
            }
            return value;
        } catch (JsonProcessingException malformed) {
            // An exceeded limit has no location of its own.
            JsonLocation at = malformed.getLocation();
            throw error(malformed.getOriginalMessage(), at == null ? parser.currentLocation() : at);
        }
    }

    private static JsonSyntaxException error(String message, JsonLocation at) {
        return new JsonSyntaxException(message, at.getLineNr(), at.getColumnNr());
    }

    private static JsonValue value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("unexpected " + parser.currentToken());
        };
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new JsonObject(members);
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new JsonArray(elements);
    }

    private static JsonValue number(JsonParser parser) throws IOException {
        if (parser.isNaN()) { // true of infinities, too
            double value = parser.getDoubleValue();
            return Double.isNaN(value)
                    ? JsonNull.NULL
                    : new JsonDecimal(value > 0 ? BEYOND : BEYOND.negate());
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return new JsonInteger(parser.getLongValue());
        }
        return new JsonDecimal(parser.getDecimalValue());
    }
}
