package dev.nightjar.server.embedding;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** How vectors are written. */
public enum VectorFormat {
    /** An array of numbers. */
    NUMBERS,
    /** A string of 32-bit floats, little endian, which most of OpenAI's clients ask for unasked. */
    BASE64;

    /** A vector as a JSON schema. */
    public static final String SCHEMA =
            """
            {"anyOf":[{"type":"array","items":{"type":"number"}},{"type":"string"}]}""";

    /** The member {@code usage} as a JSON schema. */
    public static final String USAGE_SCHEMA =
            """
            {"type":"object","required":["prompt_tokens","total_tokens"],"properties":\
            {"prompt_tokens":{"type":"integer"},"total_tokens":{"type":"integer"}}}""";

    /** Writes a vector as a value. */
    public void write(JsonGenerator json, float[] vector) throws IOException {
        if (this == BASE64) {
            json.writeString(base64(vector));
            return;
        }
        json.writeStartArray();
        for (float element : vector) {
            json.writeNumber(element);
        }
        json.writeEndArray();
    }

    /** Writes the member {@code usage}. */
    public static void writeUsage(JsonGenerator json, List<Embedding> embeddings)
            throws IOException {
        long tokens = embeddings.stream().mapToLong(Embedding::numTokens).sum();
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", tokens);
        json.writeNumberField("total_tokens", tokens);
        json.writeEndObject();
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
