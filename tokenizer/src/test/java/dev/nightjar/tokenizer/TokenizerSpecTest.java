package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerSpecTest {
    private final TokenizerSpecBuilder builder =
            TokenizerSpec.builder(Algorithm.BYTE_BPE, List.of("a", "b", "ab"));

    @Test
    void sizesMustAgree() {
        assertRefused(builder.types(List.of(TokenType.NORMAL)), "expected 3");
    }

    @Test
    void scoresMustAgree() {
        assertRefused(builder.scores(new float[2]), "found 2");
    }

    @Test
    void sentencePieceNeedsScores() {
        assertRefused(TokenizerSpec.builder(Algorithm.SENTENCEPIECE_BPE, List.of("a")), "found 0");
    }

    @Test
    void scoreMustBeANumber() {
        assertRefused(builder.scores(new float[] {0, Float.NaN, 0}), "token 1");
    }

    @Test
    void vocabularyMustNotBeEmpty() {
        assertRefused(TokenizerSpec.builder(Algorithm.BYTE_BPE, List.of()), "found no token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a ", " a", "", " "})
    void mergeMustBeAPair(String merge) {
        assertRefused(builder.merges(List.of(merge)), "\"" + merge + "\"");
    }

    @Test
    void idsMustBeInTheVocabulary() {
        assertRefused(builder.bos(OptionalInt.of(3)), "BOS");
        assertRefused(
                TokenizerSpec.builder(Algorithm.BYTE_BPE, List.of("a")).padding(OptionalInt.of(-1)),
                "found -1");
    }

    @Test
    void addedSpecialNeedsAnId() {
        assertRefused(builder.addBos(true), "no BOS token id");
    }

    @Test
    void copiesWhatItIsGiven() {
        float[] scores = {0, -1, -2};
        TokenizerSpec spec = builder.scores(scores).build();
        scores[0] = 9;
        spec.scores()[1] = 9;
        assertEquals(builder.scores(new float[] {0, -1, -2}).build(), spec);
        assertNotEquals(builder.scores(scores).build(), spec);
    }

    @Test
    void tokenTextMayStandTwice() {
        Vocabulary vocabulary =
                new Vocabulary(
                        TokenizerSpec.builder(Algorithm.BYTE_BPE, List.of("a", "a")).build());
        assertEquals(OptionalInt.of(1), vocabulary.id("a"));
        assertEquals(OptionalInt.empty(), vocabulary.id("b"));
        assertEquals("a", vocabulary.token(0));
    }

    @Test
    void endOfGenerationIsNamedOrSpelledByAControlToken() {
        List<String> tokens = List.of("<|im_end|>", "</s>", "x", "<eom>", "<|end|>");
        List<TokenType> types =
                List.of(
                        TokenType.CONTROL,
                        TokenType.CONTROL,
                        TokenType.NORMAL,
                        TokenType.CONTROL,
                        TokenType.NORMAL);
        Vocabulary vocabulary =
                new Vocabulary(
                        TokenizerSpec.builder(Algorithm.BYTE_BPE, tokens)
                                .types(types)
                                .eos(OptionalInt.of(2))
                                .endOfMessage(OptionalInt.of(3))
                                .build());
        assertEquals(List.of(0, 1, 2, 3), List.copyOf(vocabulary.endOfGeneration()));
    }

    @Test
    void typesHaveTheirFileCodes() {
        for (TokenType type : TokenType.values()) {
            assertEquals(type, TokenType.ofCode(type.code()));
        }
        assertEquals(TokenType.CONTROL, TokenType.ofCode(3));
        assertThrows(TokenizerException.class, () -> TokenType.ofCode(0));
        assertThrows(TokenizerException.class, () -> TokenType.ofCode(7));
    }

    private static void assertRefused(TokenizerSpecBuilder builder, String part) {
        String message = assertThrows(TokenizerException.class, builder::build).getMessage();
        assertTrue(message.contains(part), message);
    }
}
