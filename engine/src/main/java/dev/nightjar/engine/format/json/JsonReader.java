package dev.nightjar.engine.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonBoolean;
import dev.nightjar.engine.format.json.JsonValue.JsonDecimal;
import dev.nightjar.engine.format.json.JsonValue.JsonInteger;
import dev.nightjar.engine.format.json.JsonValue.JsonNull;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON document in UTF-8, no more and no less: a repeated name, a trailing value or too
 * deep nesting is an error. The memory it takes is a multiple of the document's size.
 */
public final class JsonReader {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 400;
    private static final long MAX_FILE_BYTES = 64L << 20;

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
                    .build();

    private final JsonParser parser;
    private final String file;
    private final long start;

    private JsonReader(JsonParser parser, String file, long start) {
        this.parser = parser;
        this.file = file;
        this.start = start;
    }

    /**
     * The object in a small file.
     *
     * @throws MalformedFileException if it is not one JSON object
     * @throws UncheckedIOException if it cannot be read
     */
    public static JsonObject readObject(Path path) {
        try {
            long size = Files.size(path);
            if (size > MAX_FILE_BYTES) {
                throw new MalformedFileException(
                        path.toString(),
                        "document",
                        0,
                        "expected at most %d bytes, found %d".formatted(MAX_FILE_BYTES, size));
            }
            return readObject(Files.readAllBytes(path), path.toString(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /**
     * The object in a document.
     *
     * @param file name for errors
     * @param start byte of the file at which the document begins, for errors
     * @throws MalformedFileException if it is not one JSON object
     */
    public static JsonObject readObject(byte[] document, String file, long start) {
        try (JsonParser parser = FACTORY.createParser(document)) {
            JsonValue value = new JsonReader(parser, file, start).read();
            if (value instanceof JsonObject object) {
                return object;
            }
            throw new MalformedFileException(
                    file, "document", start, "expected an object, found " + value.kind());
        } catch (IOException undecodable) {
            // Bytes that begin like another Unicode encoding.
            throw new MalformedFileException(file, "JSON", start, undecodable.getMessage());
        }
    }

    private JsonValue read() throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw error("expected a JSON value, found nothing", parser.currentLocation());
            }
            JsonValue value = value();
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

    private MalformedFileException error(String message, JsonLocation at) {
        // The parser counts characters, of which most are one byte.
        return new MalformedFileException(
                file,
                "JSON, line %d column %d,".formatted(at.getLineNr(), at.getColumnNr()),
                start + Math.max(at.getByteOffset(), at.getCharOffset()),
                message);
    }

    private JsonValue value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("unexpected " + parser.currentToken());
        };
    }

    private JsonObject object() throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value());
        }
        return new JsonObject(members);
    }

    private JsonArray array() throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return new JsonArray(elements);
    }

    private JsonValue number() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return new JsonInteger(parser.getLongValue());
        }
        return new JsonDecimal(parser.getDoubleValue());
    }
}
