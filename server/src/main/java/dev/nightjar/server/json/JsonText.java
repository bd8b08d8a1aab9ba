package dev.nightjar.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a JSON document into bytes: one line of UTF-8. */
public final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_SIZE = 512;

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Content {
        /** Writes the value. */
        void write(JsonGenerator json) throws IOException;
    }

    private JsonText() {}

    /** The document that {@code content} writes. */
    public static byte[] of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** A value as a document. */
    public static String of(JsonValue value) {
        return new String(of(json -> write(json, value)), StandardCharsets.UTF_8);
    }

    /** Writes a value. */
    public static void write(JsonGenerator json, JsonValue value) throws IOException {
        switch (value) {
            case JsonValue.JsonObject object -> {
                json.writeStartObject();
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    json.writeFieldName(member.getKey());
                    write(json, member.getValue());
                }
                json.writeEndObject();
            }
            case JsonValue.JsonArray array -> {
                json.writeStartArray();
                for (JsonValue element : array.elements()) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case JsonValue.JsonString string -> json.writeString(string.value());
            case JsonValue.JsonInteger integer -> json.writeNumber(integer.value());
            case JsonValue.JsonDecimal decimal -> json.writeNumber(decimal.value());
            case JsonValue.JsonBoolean bool ->
                    json.writeBoolean(bool == JsonValue.JsonBoolean.TRUE);
            case JsonValue.JsonNull none -> json.writeNull();
        }
    }
}
