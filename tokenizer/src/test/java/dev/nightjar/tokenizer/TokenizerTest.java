package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static final int BOS = SyntheticSpecs.BOS;
    private static final int EOS = SyntheticSpecs.EOS;
    private static final int TOOL = SyntheticSpecs.USER_DEFINED;

    private final Tokenizer byteLevel = Tokenizer.of(SyntheticSpecs.byteLevel().build());
    private final Tokenizer sentencePiece = Tokenizer.of(SyntheticSpecs.sentencePiece().build());

    @Test
    void mergesByRank() {
        assertEquals(List.of("hello", "Ġwo", "rld"), tokens(byteLevel, "hello world"));
    }

    @Test
    void mergesByScore() {
        assertEquals(List.of("▁hello"), tokens(sentencePiece, "hello"));
        assertEquals(List.of("▁", "he", "he"), tokens(sentencePiece, "hehe"));
        assertEquals(List.of("▁▁", "he"), tokens(sentencePiece, " he"));
    }

    @Test
    void spaceSymbolIsASpaceToSentencePieceAlone() {
        assertEquals(List.of("▁▁", "he"), tokens(sentencePiece, "▁he"));
        assertEquals("▁he", byteLevel.decode(byteLevel.encode("▁he")));
    }

    @Test
    void unknownCharactersFallBackToBytes() {
        assertEquals(List.of("▁", "<0xC3>", "<0xBC>"), tokens(sentencePiece, "ü"));
        assertEquals(List.of("▁", "é"), tokens(sentencePiece, "é"));
    }

    @Test
    void controlTokenIsTextUnlessRendered() {
        for (Tokenizer tokenizer : List.of(byteLevel, sentencePiece)) {
            int[] ordinary = tokenizer.encode("</s>");
            assertTrue(Arrays.stream(ordinary).noneMatch(tokenizer.vocabulary()::isControl));
            assertEquals("</s>", tokenizer.decode(ordinary));
            assertArrayEquals(new int[] {EOS}, tokenizer.encodeRendered("</s>"));
        }
    }

    @Test
    void controlTokenIsTextThoughItsPiecesMerge() {
        List<String> tokens = List.of("<s>", "▁", "<", "s", ">", "<s", "<0x41>");
        Tokenizer tokenizer =
                Tokenizer.of(
                        TokenizerSpec.builder(Algorithm.SENTENCEPIECE_BPE, tokens)
                                .scores(new float[] {0, -1, -2, -3, -4, -1, 0})
                                .types(
                                        List.of(
                                                TokenType.CONTROL,
                                                TokenType.NORMAL,
                                                TokenType.NORMAL,
                                                TokenType.NORMAL,
                                                TokenType.NORMAL,
                                                TokenType.NORMAL,
                                                TokenType.BYTE))
                                .build());
        assertEquals(List.of("<s", ">"), tokens(tokenizer, "<s>"));
    }

    @Test
    void mergesNeverFormAControlToken() {
        TokenizerSpec spec =
                TokenizerSpec.builder(Algorithm.BYTE_BPE, List.of("a", "b", "ab"))
                        .types(List.of(TokenType.NORMAL, TokenType.NORMAL, TokenType.CONTROL))
                        .merges(List.of("a b"))
                        .ignoreMerges(true)
                        .build();
        assertEquals(List.of("a", "b"), tokens(Tokenizer.of(spec), "ab"));
    }

    @Test
    void userDefinedTokenAlwaysMatches() {
        assertTrue(Arrays.stream(byteLevel.encode("a<tool>b")).anyMatch(id -> id == TOOL));
        assertEquals(List.of("▁", "l", "<tool>", "l"), tokens(sentencePiece, "l<tool>l"));
    }

    @Test
    void spaceStandsBeforeTextAndAfterControlTokens() {
        assertEquals(
                List.of("<s>", "▁hello", "</s>", "▁hello"),
                names(sentencePiece, sentencePiece.encodeRendered("<s>hello</s>hello")));
        assertEquals(0, sentencePiece.encode("").length);
    }

    @Test
    void decodeLeavesControlTokensOut() {
        int[] ids = sentencePiece.encodeRendered("<s>hello</s>");
        assertEquals("hello", sentencePiece.decode(ids));
        assertEquals(0, sentencePiece.bytesOf(BOS).length);
    }

    @Test
    void decodeReplacesWhatIsNoUtf8() {
        int lead = byteLevel.vocabulary().id("Ã").orElseThrow();
        int letter = byteLevel.vocabulary().id("h").orElseThrow();
        assertEquals("\uFFFDh", byteLevel.decode(new int[] {lead, letter}));
    }

    @Test
    void bytesOfTokenAreItsText() {
        assertArrayEquals(
                " hello".getBytes(StandardCharsets.UTF_8),
                sentencePiece.bytesOf(sentencePiece.vocabulary().id("▁hello").orElseThrow()));
        assertArrayEquals(
                new byte[] {(byte) 0xFF},
                sentencePiece.bytesOf(sentencePiece.vocabulary().id("<0xFF>").orElseThrow()));
    }

    @Test
    void specialsAreAddedOnce() {
        Tokenizer tokenizer =
                Tokenizer.of(SyntheticSpecs.byteLevel().addBos(true).addEos(true).build());
        int[] expected = {BOS, 7, EOS};
        assertArrayEquals(expected, tokenizer.withSpecials(new int[] {7}));
        assertArrayEquals(expected, tokenizer.withSpecials(expected));
        assertArrayEquals(new int[] {BOS, EOS}, tokenizer.withSpecials(new int[0]));
        assertArrayEquals(new int[] {7}, byteLevel.withSpecials(new int[] {7}));
        assertArrayEquals(new int[] {BOS, 7}, tokenizer.withBos(new int[] {7}));
        assertArrayEquals(new int[] {BOS, 7}, tokenizer.withBos(new int[] {BOS, 7}));
        assertArrayEquals(new int[] {7}, byteLevel.withBos(new int[] {7}));
    }

    @Test
    void wholeWordNeedsNoMerges() {
        List<String> tokens = List.of("a", "b", "c", "ab", "abc");
        TokenizerSpecBuilder spec =
                TokenizerSpec.builder(Algorithm.BYTE_BPE, tokens)
                        .merges(List.of("a b"))
                        .preTokenizer("gpt-2");
        assertEquals(List.of("ab", "c"), tokens(Tokenizer.of(spec.build()), "abc"));
        spec.ignoreMerges(true);
        assertEquals(List.of("abc"), tokens(Tokenizer.of(spec.build()), "abc"));
    }

    @Test
    void firstOfEqualMergesCounts() {
        TokenizerSpec spec =
                TokenizerSpec.builder(Algorithm.BYTE_BPE, List.of("a", "b", "c", "ab", "bc"))
                        .merges(List.of("a b", "b c", "a b"))
                        .preTokenizer("gpt-2")
                        .build();
        assertEquals(List.of("ab", "c"), tokens(Tokenizer.of(spec), "abc"));
    }

    @Test
    void textOutsideTheVocabularyIsUnknownOrRefused() {
        TokenizerSpecBuilder spec =
                TokenizerSpec.builder(Algorithm.SENTENCEPIECE_BPE, List.of("<unk>", "a"))
                        .types(List.of(TokenType.UNKNOWN, TokenType.NORMAL))
                        .scores(new float[] {0, -1});
        Tokenizer refusing = Tokenizer.of(spec.build());
        String message =
                assertThrows(TokenizerException.class, () -> refusing.encode("axyz")).getMessage();
        assertTrue(message.contains("axyz"), message);
        Tokenizer replacing = Tokenizer.of(spec.unknown(OptionalInt.of(0)).build());
        assertArrayEquals(new int[] {1, 0, 1}, replacing.encode("axyza"));
        assertEquals("aa", replacing.decode(new int[] {1, 0, 1}));
    }

    @Test
    void unknownPreTokenizerIsRefusedWithTheKnownOnes() {
        TokenizerSpec spec = SyntheticSpecs.byteLevel().preTokenizer("gpt-9").build();
        String message =
                assertThrows(TokenizerException.class, () -> Tokenizer.of(spec)).getMessage();
        assertTrue(message.contains("gpt-9") && message.contains("llama-bpe, "), message);
    }

    @Test
    void mergeOutsideTheVocabularyIsRefused() {
        TokenizerSpec spec = SyntheticSpecs.byteLevel().merges(List.of("h o")).build();
        String message =
                assertThrows(TokenizerException.class, () -> Tokenizer.of(spec)).getMessage();
        assertTrue(message.contains("\"ho\""), message);
    }

    @Test
    void malformedByteTokenIsRefused() {
        TokenizerSpec spec =
                TokenizerSpec.builder(Algorithm.SENTENCEPIECE_BPE, List.of("<0xZZ>"))
                        .types(List.of(TokenType.BYTE))
                        .scores(new float[1])
                        .build();
        assertThrows(TokenizerException.class, () -> Tokenizer.of(spec));
    }

    @Test
    void idOutsideTheVocabularyIsRefused() {
        assertThrows(
                IndexOutOfBoundsException.class, () -> byteLevel.decode(new int[] {1_000_000}));
        assertThrows(IndexOutOfBoundsException.class, () -> byteLevel.decode(new int[] {-1}));
        assertThrows(IndexOutOfBoundsException.class, () -> byteLevel.decoder().accept(-1));
        assertFalse(byteLevel.vocabulary().isControl(TOOL));
    }

    private static List<String> tokens(Tokenizer tokenizer, String text) {
        return names(tokenizer, tokenizer.encode(text));
    }

    private static List<String> names(Tokenizer tokenizer, int[] ids) {
        return Arrays.stream(ids).mapToObj(tokenizer.vocabulary()::token).toList();
    }
}
