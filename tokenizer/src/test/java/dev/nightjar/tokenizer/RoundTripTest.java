package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever is encoded comes back, at once and piece by piece. */
class RoundTripTest {
    private static final Tokenizer BYTE_LEVEL = Tokenizer.of(SyntheticSpecs.byteLevel().build());
    private static final Tokenizer SENTENCE_PIECE =
            Tokenizer.of(SyntheticSpecs.sentencePiece().build());
    private static final Tokenizer WITHOUT_PREFIX =
            Tokenizer.of(SyntheticSpecs.sentencePiece().addSpacePrefix(false).build());

    @Property(tries = 500)
    void textComesBack(@ForAll("texts") String text) {
        for (Tokenizer tokenizer : List.of(BYTE_LEVEL, SENTENCE_PIECE, WITHOUT_PREFIX)) {
            assertEquals(readable(text, tokenizer), tokenizer.decode(tokenizer.encode(text)));
        }
    }

    @Property(tries = 300)
    void piecesAreTheWholeText(@ForAll("texts") String text) {
        for (Tokenizer tokenizer : List.of(BYTE_LEVEL, WITHOUT_PREFIX)) {
            assertEquals(readable(text, tokenizer), pieces(tokenizer, tokenizer.encode(text)));
        }
    }

    @Property(tries = 300)
    void completionKeepsItsLeadingSpace(@ForAll("texts") String text) {
        String readable = readable(text, SENTENCE_PIECE);
        boolean isBare = text.isEmpty() || text.startsWith("<tool>");
        String expected = isBare ? readable : " " + readable;
        assertEquals(expected, pieces(SENTENCE_PIECE, SENTENCE_PIECE.encode(text)));
    }

    @Property(tries = 500)
    void piecesOfAnyIdsAreTheWholeText(@ForAll("ids") List<Integer> ids) {
        int[] array = ids.stream().mapToInt(Integer::intValue).toArray();
        assertEquals(BYTE_LEVEL.decode(array), pieces(BYTE_LEVEL, array));
        assertEquals(WITHOUT_PREFIX.decode(array), pieces(WITHOUT_PREFIX, array));
    }

    @Property(tries = 300)
    void promptAndCompletionAreTheWholeText(@ForAll("texts") String text) {
        int[] ids = SENTENCE_PIECE.encode("hello" + text);
        int[] prompt = Arrays.copyOf(ids, 1);
        int[] completion = Arrays.copyOfRange(ids, 1, ids.length);
        assertEquals(
                "hello" + readable(text, SENTENCE_PIECE),
                SENTENCE_PIECE.decode(prompt) + pieces(SENTENCE_PIECE, completion));
    }

    @Test
    void hardInputsTakeNearlyLinearTime() {
        for (Tokenizer tokenizer : List.of(BYTE_LEVEL, SENTENCE_PIECE)) {
            for (String unit : HardInputs.UNITS) {
                String text = HardInputs.of(unit);
                int[] ids =
                        Assertions.assertTimeout(
                                Duration.ofSeconds(2),
                                () -> tokenizer.encode(text),
                                () -> "of " + unit);
                assertEquals(text, tokenizer.decode(ids));
            }
        }
    }

    /** Any code points but surrogates, with those that the vocabularies know much more often. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> known =
                Arbitraries.of(
                        "h",
                        "e",
                        "l",
                        "o",
                        "hello",
                        "world",
                        " ",
                        "  ",
                        "\n",
                        "\0",
                        "'s",
                        "7",
                        "é",
                        "e\u0301",
                        "\u2581",
                        "🦙",
                        "👩‍👩‍👧",
                        "\u00A0",
                        "\uFFFD",
                        "<tool>",
                        "<s>",
                        "<0x41>");
        Arbitrary<String> any =
                Arbitraries.integers()
                        .between(0, Character.MAX_CODE_POINT)
                        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                        .map(Character::toString);
        return Arbitraries.frequencyOf(Tuple.of(4, known), Tuple.of(1, any))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    /** Any ids: most byte sequences are no UTF-8. */
    @Provide
    Arbitrary<List<Integer>> ids() {
        return Arbitraries.integers().between(0, 265).list().ofMaxSize(30);
    }

    /** What comes back: SentencePiece does not tell U+2581 from a space. */
    private static String readable(String text, Tokenizer tokenizer) {
        return tokenizer == BYTE_LEVEL ? text : text.replace('\u2581', ' ');
    }

    private static String pieces(Tokenizer tokenizer, int[] ids) {
        IncrementalDecoder decoder = tokenizer.decoder();
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(decoder.accept(id));
        }
        return text.append(decoder.flush()).toString();
    }
}
