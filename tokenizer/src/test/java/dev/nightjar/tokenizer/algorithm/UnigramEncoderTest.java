package dev.nightjar.tokenizer.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.algorithm.UnigramEncoder.Summation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Unigram against the plain form that keeps the best path to every position of the whole text. */
class UnigramEncoderTest {
    private static final int UNKNOWN = 0;
    private static final List<String> TOKENS =
            List.of(
                    "?", "a", "b", "é", " ", "aa", "ab", "ba", "éa", "aab", " a", " ab", "aaaa",
                    "b a", "abé", "bé", "aabb");
    private static final int LONGEST = TOKENS.stream().mapToInt(String::length).max().orElseThrow();
    private static final int[] NO_BYTES =
            IntStream.generate(() -> SubwordEncoder.NO_TOKEN).limit(256).toArray();

    @Property(tries = 2000)
    void bestPathAsInThePlainForm(@ForAll("texts") String text, @ForAll("scores") double[] scores) {
        for (Summation summation : Summation.values()) {
            UnigramEncoder encoder =
                    new UnigramEncoder(trie(TOKENS), scores, -20, summation, NO_BYTES, UNKNOWN);
            assertEquals(plain(text, scores, summation), ids(encoder, text));
        }
    }

    @Property(tries = 200)
    void trieFindsItsPieces(@ForAll("words") List<String> words, @ForAll("texts") String text) {
        PieceTrie trie = trie(words);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < utf8.length; from++) {
            int node = PieceTrie.ROOT;
            for (int to = from + 1; to <= utf8.length; to++) {
                node = node == PieceTrie.NO_NODE ? node : trie.child(node, utf8[to - 1]);
                String slice = new String(utf8, from, to - from, StandardCharsets.ISO_8859_1);
                int expected = lastIndexOfBytes(words, slice);
                int found = node == PieceTrie.NO_NODE ? PieceTrie.NO_PIECE : trie.id(node);
                assertEquals(expected, found, slice);
            }
        }
    }

    @Test
    void trieOfManyPieces() {
        List<String> words =
                IntStream.range(0, 50_000)
                        .mapToObj(i -> Integer.toString(i * 7919, 36) + (char) ('À' + i % 1000))
                        .toList();
        PieceTrie trie = trie(words);
        for (int id = 0; id < words.size(); id++) {
            byte[] utf8 = words.get(id).getBytes(StandardCharsets.UTF_8);
            int node = PieceTrie.ROOT;
            for (byte label : utf8) {
                node = trie.child(node, label);
            }
            assertEquals(id, trie.id(node));
            assertEquals(utf8.length, trie.longestEnd(utf8, 0, utf8.length));
        }
    }

    @Test
    void unknownStretchesAreOneTokenOrBytes() {
        double[] scores = new double[TOKENS.size()];
        UnigramEncoder fused =
                new UnigramEncoder(trie(TOKENS), scores, -10, Summation.DOUBLE, NO_BYTES, UNKNOWN);
        assertEquals(List.of(1, UNKNOWN, 2, UNKNOWN), ids(fused, "a中🦙b!"));
        int[] bytes = IntStream.range(1000, 1256).toArray();
        UnigramEncoder fallback =
                new UnigramEncoder(trie(TOKENS), scores, -10, Summation.DOUBLE, bytes, UNKNOWN);
        assertEquals(List.of(1, 1000 + 0xC3, 1000 + 0xA4, 2), ids(fallback, "aäb"));
    }

    @Test
    void longTextWithoutABorderIsOneWindow() {
        String text = "ab".repeat(5_000);
        double[] scores = IntStream.range(0, TOKENS.size()).mapToDouble(id -> -1 - id).toArray();
        UnigramEncoder encoder =
                new UnigramEncoder(trie(TOKENS), scores, -40, Summation.SINGLE, NO_BYTES, UNKNOWN);
        assertEquals(plain(text, scores, Summation.SINGLE), ids(encoder, text));
        assertTrue(ids(encoder, "").isEmpty());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', 'é', ' ', 'x', '中').ofMaxLength(200);
    }

    /** Few different scores, so that ties are frequent. */
    @Provide
    Arbitrary<double[]> scores() {
        return Arbitraries.of(-1.0, -2.0, -3.0, -0.1, -0.3f * 1.0, -5.7)
                .array(double[].class)
                .ofSize(TOKENS.size());
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'é', ' ', '中')
                .ofMinLength(1)
                .ofMaxLength(5)
                .list()
                .ofMaxSize(30);
    }

    private static List<Integer> plain(String text, double[] scores, Summation summation) {
        double[] best = new double[text.length() + 1];
        int[] from = new int[text.length() + 1];
        int[] ids = new int[text.length() + 1];
        Arrays.fill(from, -1);
        for (int start = 0; start < text.length(); start++) {
            int last = Math.min(text.length(), start + LONGEST);
            for (int end = start + 1; end <= last; end++) {
                int id = TOKENS.indexOf(text.substring(start, end));
                if (id < 0 && end > start + 1) {
                    continue;
                }
                double sum = best[start] + (id < 0 ? -20 : scores[id]);
                sum = id < 0 && summation == Summation.SINGLE ? (float) sum : sum;
                if (from[end] < 0 || sum > best[end]) {
                    best[end] = summation == Summation.SINGLE ? (float) sum : sum;
                    from[end] = start;
                    ids[end] = Math.max(id, UNKNOWN);
                }
            }
        }
        List<Integer> path = new ArrayList<>();
        for (int end = text.length(); end > 0; end = from[end]) {
            boolean isFused = ids[end] == UNKNOWN && !path.isEmpty() && path.getFirst() == UNKNOWN;
            if (!isFused) {
                path.addFirst(ids[end]);
            }
        }
        return path;
    }

    private static PieceTrie trie(List<String> words) {
        byte[][] bytes =
                words.stream()
                        .map(word -> word.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        return PieceTrie.of(TokenBytes.of(bytes), id -> !words.get(id).equals("?"));
    }

    private static int lastIndexOfBytes(List<String> words, String latin) {
        for (int id = words.size() - 1; id >= 0; id--) {
            byte[] utf8 = words.get(id).getBytes(StandardCharsets.UTF_8);
            if (new String(utf8, StandardCharsets.ISO_8859_1).equals(latin)) {
                return id;
            }
        }
        return PieceTrie.NO_PIECE;
    }

    private static List<Integer> ids(SubwordEncoder encoder, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        IdBuffer out = new IdBuffer(0);
        encoder.encode(utf8, 0, utf8.length, out);
        return Arrays.stream(out.toArray()).boxed().toList();
    }
}
