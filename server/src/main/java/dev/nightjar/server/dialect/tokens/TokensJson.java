package dev.nightjar.server.dialect.tokens;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes tokens as a JSON answer.
 *
 * @param model whose they are
 * @param pieces whether their texts are written, too
 */
record TokensJson(TextModel model, Pieces pieces) {

    /** Where the texts of tokens stand. */
    enum Pieces {
        /** Nowhere. */
        NONE,
        /** In each token, which is an object then, as llama.cpp writes it. */
        WITH_IDS,
        /** In a list of their own, as vLLM writes it. */
        BESIDE_IDS
    }

    byte[] of(int[] ids) {
        Tokenizer tokenizer = model.tokenizer();
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeNumberField("count", ids.length);
                    json.writeNumberField("max_model_len", model.maxContext());
                    json.writeArrayFieldStart("tokens");
                    for (int id : ids) {
                        if (pieces == Pieces.WITH_IDS) {
                            writePiece(json, id, tokenizer);
                        } else {
                            json.writeNumber(id);
                        }
                    }
                    json.writeEndArray();
                    if (pieces == Pieces.BESIDE_IDS) {
                        json.writeArrayFieldStart("token_strs");
                        for (int id : ids) {
                            json.writeString(tokenizer.vocabulary().token(id));
                        }
                        json.writeEndArray();
                    }
                    json.writeEndObject();
                });
    }

    /** A piece that is a part of a character is a list of bytes. */
    private static void writePiece(JsonGenerator json, int id, Tokenizer tokenizer)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", id);
        byte[] bytes =
                tokenizer.vocabulary().isControl(id)
                        ? tokenizer.vocabulary().token(id).getBytes(StandardCharsets.UTF_8)
                        : tokenizer.bytesOf(id);
        Optional<String> text = text(bytes);
        if (text.isPresent()) {
            json.writeStringField("piece", text.get());
        } else {
            json.writeArrayFieldStart("piece");
            for (byte one : bytes) {
                json.writeNumber(one & 0xFF);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException partial) {
            return Optional.empty();
        }
    }
}
