package dev.nightjar.server.dialect.openai.completion;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.dialect.openai.frame.TokenJson;
import dev.nightjar.tokenizer.Vocabulary;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Log probabilities of one completion, in the form of that call: four lists side by side. Counts
 * where tokens begin, so its parts are written in order.
 */
final class CompletionLogprobs {

    private static final HexFormat BYTE = HexFormat.of().withPrefix("\\x");

    private final Vocabulary vocabulary;
    private int offset;

    CompletionLogprobs(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Begins with an echoed prompt. Its first token may stand for a space that is not in the text,
     * and special tokens for nothing, so that offsets are counted from its end.
     */
    void beginWith(Echo echo) {
        int length = echo.tokens().stream().mapToInt(this::length).sum();
        offset = echo.text().codePointCount(0, echo.text().length()) - length;
    }

    /** Writes the member {@code logprobs} for the next tokens. */
    void write(JsonGenerator json, List<TokenText> tokens) throws IOException {
        json.writeObjectFieldStart("logprobs");
        json.writeArrayFieldStart("tokens");
        for (TokenText token : tokens) {
            json.writeString(spelled(token));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("token_logprobs");
        for (TokenText token : tokens) {
            writeLogprob(json, token);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("top_logprobs");
        for (TokenText token : tokens) {
            writeTop(json, token);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("text_offset");
        for (TokenText token : tokens) {
            json.writeNumber(Math.max(0, offset));
            offset += length(token);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeLogprob(JsonGenerator json, TokenText token) throws IOException {
        if (token.hasLogprob()) {
            json.writeNumber(TokenJson.logprob(token));
        } else {
            json.writeNull();
        }
    }

    /** The likeliest tokens, and the one that was taken. Of equal spellings the first counts. */
    private static void writeTop(JsonGenerator json, TokenText token) throws IOException {
        if (!token.hasLogprob()) {
            json.writeNull();
            return;
        }
        Map<String, Double> top = new LinkedHashMap<>();
        token.top().forEach(other -> top.putIfAbsent(spelled(other), TokenJson.logprob(other)));
        top.putIfAbsent(spelled(token), TokenJson.logprob(token));
        json.writeStartObject();
        for (Map.Entry<String, Double> entry : top.entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /** The text of a token, or its bytes if they are no whole characters. */
    private static String spelled(TokenText token) {
        byte[] bytes = token.bytes();
        return TokenJson.whole(bytes).orElseGet(() -> "bytes:" + BYTE.formatHex(bytes));
    }

    /** Characters that begin in the token. */
    private int length(TokenText token) {
        if (token.id() < vocabulary.size() && vocabulary.isControl(token.id())) {
            return 0;
        }
        int length = 0;
        for (byte value : token.bytes()) {
            length += (value & 0xC0) == 0x80 ? 0 : 1;
        }
        return length;
    }
}
