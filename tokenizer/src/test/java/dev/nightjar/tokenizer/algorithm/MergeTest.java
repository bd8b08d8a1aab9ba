package dev.nightjar.tokenizer.algorithm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** Both byte-pair algorithms against the plain form that looks for the best pair each time. */
class MergeTest {
    private static final List<String> TOKENS =
            List.of(
                    "a", "b", "c", " ", "aa", "ab", "ba", "bc", "aab", "aba", "abc", "aaaa", " a",
                    " ab", "  ", "aabc", "ca", "caab");

    private static final TokenBytes BYTES =
            TokenBytes.of(
                    TOKENS.stream()
                            .map(token -> token.getBytes(StandardCharsets.UTF_8))
                            .toArray(byte[][]::new));

    private static final int[] NO_BYTES =
            IntStream.generate(() -> SubwordEncoder.NO_TOKEN).limit(256).toArray();

    @Property(tries = 1000)
    void scoresMergeAsInThePlainForm(@ForAll("texts") String text, @ForAll("ranks") int[] ranks) {
        SubwordEncoder encoder =
                new SentencePieceBpe(TokenTable.of(BYTES, id -> true), ranks, NO_BYTES, -1);
        List<String> expected =
                plain(
                        text,
                        (left, right) -> {
                            int id = TOKENS.indexOf(left + right);
                            return id < 0 ? Integer.MAX_VALUE : ranks[id];
                        });
        assertEquals(expected, encode(encoder, text));
    }

    @Property(tries = 1000)
    void scoresMergeAcrossWords(@ForAll("texts") String text, @ForAll("ranks") int[] ranks) {
        List<String> tokens = new ArrayList<>(TOKENS);
        tokens.set(TOKENS.indexOf("caab"), "b a");
        TokenBytes bytes =
                TokenBytes.of(
                        tokens.stream()
                                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                                .toArray(byte[][]::new));
        SubwordEncoder encoder =
                new SentencePieceBpe(TokenTable.of(bytes, id -> true), ranks, NO_BYTES, -1);
        List<String> expected =
                plain(
                        text,
                        (left, right) -> {
                            int id = tokens.indexOf(left + right);
                            return id < 0 ? Integer.MAX_VALUE : ranks[id];
                        });
        List<String> actual = Arrays.stream(ids(encoder, text)).mapToObj(tokens::get).toList();
        assertEquals(expected, actual);
    }

    @Property(tries = 1000)
    void ranksMergeAsInThePlainForm(@ForAll("words") String word) {
        List<String> merges =
                List.of("a a", "a b", "b a", "b c", "aa b", "ab a", "a bc", "aa aa", "aa bc");
        PairTable table = new PairTable(merges.size());
        for (int rank = 0; rank < merges.size(); rank++) {
            String[] pair = merges.get(rank).split(" ");
            table.add(
                    TOKENS.indexOf(pair[0]),
                    TOKENS.indexOf(pair[1]),
                    rank,
                    TOKENS.indexOf(pair[0] + pair[1]));
        }
        int[] byteIds = NO_BYTES.clone();
        "abc".chars().forEach(c -> byteIds[c] = TOKENS.indexOf(Character.toString(c)));
        SubwordEncoder encoder =
                new BytePairEncoder(
                        PreTokenizer.GPT2, TokenTable.of(BYTES, id -> false), table, byteIds);
        List<String> expected =
                plain(
                        word,
                        (left, right) -> {
                            int rank = merges.indexOf(left + " " + right);
                            return rank < 0 ? Integer.MAX_VALUE : rank;
                        });
        assertEquals(expected, encode(encoder, word));
    }

    @Property
    void heapSorts(@ForAll List<Long> keys) {
        MergeHeap heap = new MergeHeap();
        keys.forEach(heap::add);
        long[] polled = keys.stream().mapToLong(key -> heap.poll()).toArray();
        assertArrayEquals(keys.stream().mapToLong(Long::longValue).sorted().toArray(), polled);
    }

    @Test
    void tableFindsExactlyItsTokens() {
        TokenTable table = TokenTable.of(BYTES, id -> id != 4);
        for (int id = 0; id < TOKENS.size(); id++) {
            byte[] text = ("xx" + TOKENS.get(id) + "x").getBytes(StandardCharsets.UTF_8);
            int expected = id == 4 ? TokenTable.NOT_FOUND : id;
            assertEquals(expected, table.find(text, 2, text.length - 1));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', 'c', ' ').ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(60);
    }

    @Provide
    Arbitrary<int[]> ranks() {
        return Arbitraries.integers().between(0, 8).array(int[].class).ofSize(TOKENS.size());
    }

    private interface Ranking {
        int rank(String left, String right);
    }

    /** Merges the leftmost pair of the lowest rank until there is none. */
    private static List<String> plain(String text, Ranking ranking) {
        List<String> symbols = new ArrayList<>(List.of(text.split("(?!^)")));
        symbols.removeIf(String::isEmpty);
        while (true) {
            int best = -1;
            int bestRank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < symbols.size(); i++) {
                int rank = ranking.rank(symbols.get(i), symbols.get(i + 1));
                if (rank < bestRank) {
                    best = i;
                    bestRank = rank;
                }
            }
            if (best < 0) {
                return symbols;
            }
            symbols.set(best, symbols.get(best) + symbols.remove(best + 1));
        }
    }

    private static List<String> encode(SubwordEncoder encoder, String text) {
        return Arrays.stream(ids(encoder, text)).mapToObj(TOKENS::get).toList();
    }

    private static int[] ids(SubwordEncoder encoder, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        IdBuffer out = IdBuffer.withEnds(0);
        encoder.encode(utf8, 0, utf8.length, out);
        IdBuffer again = IdBuffer.withEnds(0);
        encoder.encode(utf8, 0, utf8.length, again);
        // The second time the words are remembered.
        assertArrayEquals(out.toArray(), again.toArray());
        for (int i = 0; i < out.size(); i++) {
            assertEquals(out.end(i), again.end(i));
        }
        return out.toArray();
    }
}
