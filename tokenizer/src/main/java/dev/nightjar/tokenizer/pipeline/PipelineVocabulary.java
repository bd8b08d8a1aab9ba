package dev.nightjar.tokenizer.pipeline;

import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Vocabulary;
import dev.nightjar.tokenizer.algorithm.ByteTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the vocabulary that users see of a pipeline's tokens. */
final class PipelineVocabulary {
    private PipelineVocabulary() {}

    static Vocabulary of(PipelineSpec spec) {
        List<String> tokens = new ArrayList<>(spec.tokens().length);
        TokenType[] types = new TokenType[spec.tokens().length];
        boolean hasByteTokens = spec.decoding().byteTokens() == Decoding.ByteTokenUse.BYTE;
        for (int id = 0; id < types.length; id++) {
            String token = spec.tokens()[id];
            types[id] = typeOf(token, hasByteTokens);
            tokens.add(token == null ? "" : token);
        }
        for (AddedToken token : spec.addedTokens()) {
            types[token.id()] = token.isSpecial() ? TokenType.CONTROL : TokenType.USER_DEFINED;
        }
        return Vocabulary.of(tokens, Arrays.asList(types), spec.specialIds());
    }

    private static TokenType typeOf(String token, boolean hasByteTokens) {
        if (token == null) {
            return TokenType.UNUSED;
        }
        return hasByteTokens && ByteTokens.valueOf(token) >= 0 ? TokenType.BYTE : TokenType.NORMAL;
    }
}
