package dev.nightjar.server.dialect.openai.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TokenText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Log probabilities of a chat. */
public final class TokenJson {

    /** JSON has no infinity; this is what servers write for a token that cannot be. */
    private static final double IMPOSSIBLE = -9999;

    private TokenJson() {}

    /** Writes the member {@code logprobs} of a choice: an object, or null if nothing was asked. */
    public static void write(JsonGenerator json, List<TokenText> tokens, boolean isAsked)
            throws IOException {
        if (!isAsked) {
            json.writeNullField("logprobs");
            return;
        }
        json.writeObjectFieldStart("logprobs");
        json.writeArrayFieldStart("content");
        for (TokenText token : tokens) {
            json.writeStartObject();
            writeMembers(json, token);
            json.writeArrayFieldStart("top_logprobs");
            for (TokenText other : token.top()) {
                json.writeStartObject();
                writeMembers(json, other);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNullField("refusal");
        json.writeEndObject();
    }

    /** The value on the wire. */
    public static double logprob(TokenText token) {
        return Math.max(token.logprob(), IMPOSSIBLE);
    }

    /** The bytes as text, if they are whole characters. */
    public static Optional<String> whole(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException part) {
            return Optional.empty();
        }
    }

    private static void writeMembers(JsonGenerator json, TokenText token) throws IOException {
        byte[] bytes = token.bytes();
        json.writeStringField("token", new String(bytes, StandardCharsets.UTF_8));
        json.writeNumberField("logprob", logprob(token));
        json.writeArrayFieldStart("bytes");
        for (byte value : bytes) {
            json.writeNumber(Byte.toUnsignedInt(value));
        }
        json.writeEndArray();
    }
}
