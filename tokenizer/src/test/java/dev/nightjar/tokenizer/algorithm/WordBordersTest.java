package dev.nightjar.tokenizer.algorithm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Cutting at borders never changes what a text becomes. */
class WordBordersTest {
    private static final String[] LETTERS = {"a", "b", "\u2581", ".", "\n", "é", "Ж", "中", "🦙"};

    @Property(tries = 500)
    void mergedInWordsAsInOnePiece(@ForAll Random random) {
        List<String> tokens = new ArrayList<>(List.of(LETTERS).subList(0, LETTERS.length - 1));
        LinkedHashSet<List<Integer>> pairs = new LinkedHashSet<>();
        for (int i = 0; i < 12; i++) {
            int left = random.nextInt(tokens.size());
            int right = random.nextInt(tokens.size());
            String merged = tokens.get(left) + tokens.get(right);
            if (!tokens.contains(merged)) {
                tokens.add(merged);
                pairs.add(List.of(left, right, tokens.size() - 1));
            }
        }
        int unknown = tokens.size();
        tokens.add("<unk>");
        SymbolBpe whole = encoder(tokens, pairs, unknown, WordBorders.NONE);
        String[] spellings = tokens.toArray(String[]::new);
        SymbolBpe inWords = encoder(tokens, pairs, unknown, WordBorders.of(spellings));
        for (int i = 0; i < 20; i++) {
            byte[] utf8 = text(random).getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(ids(whole, utf8), ids(inWords, utf8));
        }
    }

    @Test
    void cutsOnlyWhereNoTokenReachesAcross() {
        WordBorders borders = WordBorders.of(new String[] {"\u2581ab", ".\n", null, "Жа"});
        assertEquals(
                List.of("\u2581ab", "\u2581", ".\n", "a", "Жа", "🦙"),
                words(borders, "\u2581ab\u2581.\naЖа🦙"));
        assertEquals(List.of("ab.🦙"), words(WordBorders.NONE, "ab.🦙"));
    }

    private static List<String> words(WordBorders borders, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>();
        for (int start = 0; start < utf8.length; ) {
            int end = borders.endOfWord(utf8, start, utf8.length);
            words.add(new String(utf8, start, end - start, StandardCharsets.UTF_8));
            start = end;
        }
        return words;
    }

    private static SymbolBpe encoder(
            List<String> tokens, Iterable<List<Integer>> pairs, int unknown, WordBorders borders) {
        TokenBytes bytes =
                TokenBytes.of(
                        tokens.stream()
                                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                                .toArray(byte[][]::new));
        PairTable merges = new PairTable(tokens.size());
        int rank = 0;
        for (List<Integer> pair : pairs) {
            merges.add(pair.get(0), pair.get(1), rank++, pair.get(2));
        }
        int[] noBytes = new int[256];
        Arrays.fill(noBytes, SubwordEncoder.NO_TOKEN);
        return new SymbolBpe(
                new CodePointSymbols(TokenTable.of(bytes, id -> true), new byte[0], new byte[0]),
                TokenTable.of(bytes, id -> false),
                merges,
                new SymbolBpe.Fallback(noBytes, unknown, true),
                borders);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(60); length >= 0; length--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    private static int[] ids(SymbolBpe encoder, byte[] utf8) {
        IdBuffer ids = new IdBuffer(utf8.length);
        encoder.encode(utf8, 0, utf8.length, ids);
        return ids.toArray();
    }
}
