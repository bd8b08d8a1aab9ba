package dev.nightjar.server.dialect.tgi;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.tokenizer.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens as objects.
 *
 * @param vocabulary knows which are special
 * @param numTop how many alternatives are listed beside each
 */
record TgiTokens(Vocabulary vocabulary, int numTop) {

    /** JSON has no infinity. */
    private static final double IMPOSSIBLE = -9999;

    /**
     * A token of a stream.
     *
     * @param token the token
     * @param text what it adds to the text; of special tokens, their name
     */
    record Piece(TokenText token, String text) {}

    /**
     * The tokens of a piece of text. What those that are not special say is the text together: it
     * all goes to the last one where a character is made of several tokens.
     */
    List<Piece> pieces(TextEvent.Delta delta) {
        List<String> texts = delta.tokens().stream().map(this::ownText).toList();
        boolean isSum = String.join("", texts).equals(delta.text());
        int last = delta.tokens().size() - 1;
        while (last > 0 && isSpecial(delta.tokens().get(last))) {
            last--;
        }
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            TokenText token = delta.tokens().get(i);
            String share = isSum ? texts.get(i) : i == last ? delta.text() : "";
            pieces.add(new Piece(token, isSpecial(token) ? name(token) : share));
        }
        return pieces;
    }

    /** The token that ended a text of none. */
    Piece end() {
        int id = vocabulary.eos().orElse(0);
        return new Piece(new TokenText(id, new byte[0], 0, List.of()), "");
    }

    /** Writes a token. */
    void write(JsonGenerator json, Piece piece) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", piece.token().id());
        json.writeStringField("text", piece.text());
        json.writeNumberField("logprob", Math.max(piece.token().logprob(), IMPOSSIBLE));
        json.writeBooleanField("special", isSpecial(piece.token()));
        json.writeEndObject();
    }

    /** Writes the member {@code prefill}; before the first token stands nothing to judge it by. */
    void writeInput(JsonGenerator json, List<TokenText> input) throws IOException {
        json.writeArrayFieldStart("prefill");
        for (TokenText token : input) {
            json.writeStartObject();
            json.writeNumberField("id", token.id());
            json.writeStringField("text", name(token));
            json.writeFieldName("logprob");
            if (token.hasLogprob()) {
                json.writeNumber(Math.max(token.logprob(), IMPOSSIBLE));
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes the members {@code tokens} and, if asked for, {@code top_tokens}. */
    void writeAll(JsonGenerator json, List<TokenText> all) throws IOException {
        json.writeArrayFieldStart("tokens");
        for (TokenText token : all) {
            write(json, new Piece(token, name(token)));
        }
        json.writeEndArray();
        if (numTop > 0) {
            json.writeArrayFieldStart("top_tokens");
            for (TokenText token : all) {
                writeArray(json, token.top());
            }
            json.writeEndArray();
        }
    }

    /** Writes the member {@code top_tokens} of one token. */
    void writeTop(JsonGenerator json, TokenText token) throws IOException {
        json.writeFieldName("top_tokens");
        writeArray(json, token.top());
    }

    private void writeArray(JsonGenerator json, List<TokenText> others) throws IOException {
        json.writeStartArray();
        for (TokenText other : others) {
            write(json, new Piece(other, name(other)));
        }
        json.writeEndArray();
    }

    private String ownText(TokenText token) {
        return isSpecial(token) ? "" : name(token);
    }

    private static String name(TokenText token) {
        return new String(token.bytes(), StandardCharsets.UTF_8);
    }

    /** Rows that pad an embedding beyond its vocabulary stand for no text either. */
    private boolean isSpecial(TokenText token) {
        return token.id() >= vocabulary.size() || vocabulary.isControl(token.id());
    }
}
