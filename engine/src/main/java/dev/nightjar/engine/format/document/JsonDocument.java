package dev.nightjar.engine.format.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.document.DocumentValue.Members;
import dev.nightjar.engine.format.document.DocumentValue.Nothing;
import dev.nightjar.engine.format.document.DocumentValue.Number;
import dev.nightjar.engine.format.document.DocumentValue.Text;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one JSON document; bare {@code NaN} and {@code Infinity} are numbers. */
final class JsonDocument {
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(400)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
                    .build();

    private JsonDocument() {}

    static DocumentValue read(byte[] bytes, String file) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            try {
                parser.nextToken();
                DocumentValue value = value(parser);
                if (parser.nextToken() != null) {
                    throw new IOException("expected the end after the document, found more");
                }
                return value;
            } catch (IOException malformed) {
                long at = parser.currentLocation().getByteOffset();
                throw new MalformedFileException(file, "JSON", at, message(malformed));
            }
        } catch (IOException unread) {
            throw new MalformedFileException(file, "JSON", 0, message(unread));
        }
    }

    private static String message(IOException problem) {
        return problem instanceof com.fasterxml.jackson.core.JsonProcessingException json
                ? json.getOriginalMessage()
                : problem.getMessage();
    }

    private static DocumentValue value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getDoubleValue());
            case VALUE_TRUE -> new Number(1);
            case VALUE_FALSE -> new Number(0);
            case VALUE_NULL -> Nothing.NOTHING;
            case null, default -> throw new IOException("expected a value, found the end");
        };
    }

    private static DocumentValue members(JsonParser parser) throws IOException {
        Map<String, DocumentValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Members(members);
    }

    private static DocumentValue array(JsonParser parser) throws IOException {
        Elements elements = new Elements();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> elements.add(parser.getDoubleValue());
                case null, default -> elements.add(value(parser));
            }
        }
        return elements.value();
    }
}
