package dev.nightjar.tokenizer.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.algorithm.SentencePieceNormalizer.SpaceRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The table of replacements under its two rules, and what becomes of spaces. */
class CharsMapTest {
    private static final Map<String, String> RULES =
            Map.of(
                    "\t", " ", "e\u0301", "é", "e", "E", "①", "1", "①②", "12", "\u200B", "", "ﷺ",
                    "a b", "\u0E33", "x");
    private static final byte[] TABLE = CharsMaps.table(RULES);
    private static final CharsMap MAP = CharsMap.parse(TABLE);
    private static final PieceTrie NO_PIECES =
            PieceTrie.of(TokenBytes.of(new byte[0][]), id -> true);

    @Test
    void sentencePieceTakesTheLongestRule() {
        assertEquals("é12E1", longest("e\u0301①②e①", Set.of()));
    }

    @Test
    void clustersTakeTheShortestRule() {
        ClusterNormalizer normalizer = new ClusterNormalizer(MAP);
        // The cluster is looked up as a whole, the rule for its first letter replaces all of it.
        assertEquals("E", normalizer.normalize("e\u0301"));
        assertEquals("1②E1", normalizer.normalize("①②e①"));
        // Six bytes and more: code point by code point.
        assertEquals("E\u0301\u0301\u0301", normalizer.normalize("e\u0301\u0301\u0301"));
        assertEquals("\r\nab", normalizer.normalize("\r\nab"));
        assertEquals("a b", normalizer.normalize("ﷺ"));
    }

    @Test
    void untouchedTextIsTheSameObject() {
        String text = new StringBuilder("plain text").append(" 7").toString();
        assertSame(text, new ClusterNormalizer(CharsMap.IDENTITY).normalize(text));
    }

    @Test
    void spaceRules() {
        Set<SpaceRule> usual =
                EnumSet.of(SpaceRule.ADD_PREFIX, SpaceRule.REMOVE_EXTRA, SpaceRule.ESCAPE);
        assertEquals(" a b", longest("  a \t b  ", usual));
        assertEquals(" a b", longest("ﷺ ", usual));
        assertEquals(" a  b", longest("a\u2581\u2581b\u2581", usual));
        assertEquals("", longest(" \t ", usual));
        assertEquals("", longest("\u200B ", usual));
        assertEquals("", longest("", usual));
        assertEquals("   a ", longest("  a ", EnumSet.of(SpaceRule.ADD_PREFIX)));
        assertEquals("\u2581", longest("\u2581", Set.of()));
        assertEquals("a b ", longest("  a b ", EnumSet.complementOf(EnumSet.of(SpaceRule.ESCAPE))));
    }

    @Test
    void userDefinedPiecesStay() {
        TokenBytes pieces =
                TokenBytes.of(
                        new byte[][] {
                            "<e>".getBytes(StandardCharsets.UTF_8),
                            "①".getBytes(StandardCharsets.UTF_8)
                        });
        SentencePieceNormalizer normalizer =
                new SentencePieceNormalizer(MAP, PieceTrie.of(pieces, id -> true), Set.of());
        byte[] text = "e<e>①①e".getBytes(StandardCharsets.UTF_8);
        assertEquals("E<e>①①E", new String(normalizer.normalize(text), StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void longestRuleAsInThePlainForm(@ForAll("texts") String text) {
        assertEquals(plainLongest(text), longest(text, Set.of()));
    }

    @Test
    void damagedTablesAreRefusedOrHarmless() {
        for (int size : new int[] {1, 4, 5, TABLE.length / 2}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> CharsMap.parse(Arrays.copyOf(TABLE, size)));
        }
        Random random = new Random(5);
        byte[] text = "e\u0301①②e① a\tﷺ".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = TABLE.clone();
            for (int change = 0; change < 8; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            tryDamaged(damaged, text);
        }
    }

    private static void tryDamaged(byte[] damaged, byte[] text) {
        try {
            CharsMap map = CharsMap.parse(damaged);
            int length =
                    new SentencePieceNormalizer(map, NO_PIECES, Set.of()).normalize(text).length;
            assertTrue(length <= text.length * damaged.length);
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("precompiled_charsmap"), e.getMessage());
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", "e", "\u0301", "①", "②", "\t", " ", "\u200B", "ﷺ", "é", "\u0E33", "🦙")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static String plainLongest(String text) {
        StringBuilder out = new StringBuilder();
        List<String> byLength =
                RULES.keySet().stream()
                        .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                        .toList();
        for (int i = 0; i < text.length(); ) {
            int at = i;
            String rule =
                    byLength.stream().filter(r -> text.startsWith(r, at)).findFirst().orElse("");
            out.append(rule.isEmpty() ? text.substring(i, i + 1) : RULES.get(rule));
            i += Math.max(rule.length(), 1);
        }
        return out.toString();
    }

    private static String longest(String text, Set<SpaceRule> rules) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] normalized = new SentencePieceNormalizer(MAP, NO_PIECES, rules).normalize(utf8);
        return new String(normalized, StandardCharsets.UTF_8);
    }
}
