package dev.nightjar.engine.text;

import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tokens as text: what each contributes, special ones as they are spelled. */
final class TokenTexts {

    private static final byte[] NOTHING = {};

    private final Tokenizer tokenizer;
    private final int vocabularySize;

    TokenTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.vocabularySize = tokenizer.vocabulary().size();
    }

    /** The token with its alternatives. */
    TokenText of(TokenEvent.Token token) {
        List<TokenText> top =
                token.top().stream()
                        .map(other -> of(other.id(), other.logprob(), List.of()))
                        .toList();
        return of(token.id(), token.logprob(), top);
    }

    /** The first token of a prompt, before which nothing stands. */
    TokenText first(int id) {
        return of(id, Float.NaN, List.of());
    }

    private TokenText of(int id, float logprob, List<TokenText> top) {
        return new TokenText(id, bytes(id), logprob, top);
    }

    /** Rows that pad an embedding beyond its vocabulary stand for no text. */
    private byte[] bytes(int id) {
        if (id >= vocabularySize) {
            return NOTHING;
        }
        return tokenizer.vocabulary().isControl(id)
                ? tokenizer.vocabulary().token(id).getBytes(StandardCharsets.UTF_8)
                : tokenizer.bytesOf(id);
    }
}
