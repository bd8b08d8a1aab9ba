package dev.nightjar.tokenizer.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.format.LoadedTokenizer;
import dev.nightjar.tokenizer.format.TokenizerLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files either load or end in {@link TokenizerException}; nothing else is thrown, by using
 * them neither, and nothing hangs.
 */
class TokenizerJsonHardeningTest {
    private static final String TEXT =
            "Hello <s> w\u00f6rld! [CLS] 123 \ud83e\udd99 ab\n\u4e2d  </s>";
    private static final List<byte[]> FILES =
            SyntheticJson.ALL.stream()
                    .map(json -> json.strip().getBytes(StandardCharsets.UTF_8))
                    .toList();

    /** Pieces of JSON that are put where they do not belong. */
    private static final List<String> FRAGMENTS =
            List.of(
                    "null",
                    "{}",
                    "[]",
                    "\"\"",
                    "-1",
                    "1e99",
                    "4294967296",
                    "true",
                    "[[[[",
                    "]",
                    "{\"type\":\"Sequence\"}",
                    "\"ByteLevel\"",
                    "\"Regex\"",
                    "(a+)+$",
                    "\ud83e\udd99");

    @Test
    void theUndamagedFilesLoad() {
        for (byte[] json : FILES) {
            use(json);
        }
        assertEquals(SyntheticJson.ALL.size(), FILES.stream().filter(json -> loads(json)).count());
    }

    @Test
    void truncatedAtEveryByte() {
        for (byte[] json : FILES) {
            for (int length = 0; length < json.length; length++) {
                byte[] cut = Arrays.copyOf(json, length);
                assertThrows(TokenizerException.class, () -> use(cut));
            }
        }
    }

    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void randomMutations(@ForAll Random random) {
        loads(mutated(random));
    }

    @Property(tries = 1_000_000, shrinking = ShrinkingMode.OFF)
    @Tag("full")
    void veryManyRandomMutations(@ForAll Random random) {
        loads(mutated(random));
    }

    @Test
    void numbersInFilesAllocateNothing() {
        for (String json :
                List.of(
                        "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":2147483646}}}",
                        "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0}},\"added_tokens\":"
                                + "[{\"id\":2000000000,\"content\":\"b\"}]}",
                        "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{}}}",
                        "[".repeat(100_000),
                        "{\"normalizer\":" + "{\"normalizers\":[".repeat(50_000))) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertThrows(TokenizerException.class, () -> use(bytes), json.substring(0, 40));
        }
    }

    @Test
    void hostilePatternsEnd() {
        for (String pattern : List.of("(a+)+$", "(a|a)*b", "(?:a|b|ab)*c", "(x+x+)+y", "(.*)*=")) {
            String json =
                    """
                    {"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "%s"},
                       "behavior": "Isolated", "invert": false},
                     "model": {"type": "WordLevel", "vocab": {"a": 0, "u": 1}, "unk_token": "u"}}
                    """
                            .formatted(pattern);
            Tokenizer tokenizer =
                    TokenizerLoader.ofJson(json.getBytes(StandardCharsets.UTF_8), "test")
                            .tokenizer();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> {
                        for (String text : List.of("a".repeat(50_000), "x".repeat(2000) + "!")) {
                            try {
                                tokenizer.encode(text);
                            } catch (TokenizerException e) {
                                assertTrue(e.getMessage().contains("pattern"), e.getMessage());
                            }
                        }
                    });
        }
    }

    private static boolean loads(byte[] json) {
        try {
            use(json);
            return true;
        } catch (TokenizerException e) {
            assertTrue(!e.getMessage().isBlank());
            return false;
        }
    }

    private static void use(byte[] json) {
        LoadedTokenizer loaded = TokenizerLoader.ofJson(json, "test");
        Tokenizer tokenizer = loaded.tokenizer();
        int[] ids = tokenizer.encodeRendered(TEXT);
        tokenizer.decode(ids);
        tokenizer.encode(TEXT);
        tokenizer.encode(TextInput.ofPair(TEXT, "b"), EncodingOptions.standard());
        for (int id : ids) {
            tokenizer.decoder().accept(id);
        }
    }

    private static byte[] mutated(Random random) {
        byte[] json = FILES.get(random.nextInt(FILES.size())).clone();
        int numMutations = 1 + random.nextInt(3);
        for (int i = 0; i < numMutations && json.length > 1; i++) {
            json = mutatedOnce(json, random);
        }
        return json;
    }

    private static byte[] mutatedOnce(byte[] json, Random random) {
        int at = random.nextInt(json.length);
        switch (random.nextInt(5)) {
            case 0 -> json[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> json[at] = (byte) random.nextInt(256);
            case 2 -> {
                return Arrays.copyOf(json, at);
            }
            case 3 -> {
                int end = Math.min(json.length, at + 1 + random.nextInt(40));
                return joined(Arrays.copyOf(json, at), new byte[0], json, end);
            }
            default -> {
                String fragment = FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
                int end = random.nextBoolean() ? at : endOfValue(json, at);
                return joined(
                        Arrays.copyOf(json, at),
                        fragment.getBytes(StandardCharsets.UTF_8),
                        json,
                        end);
            }
        }
        return json;
    }

    private static int endOfValue(byte[] json, int at) {
        int end = at;
        while (end < json.length && ",]}".indexOf(json[end]) < 0) {
            end++;
        }
        return end;
    }

    private static byte[] joined(byte[] head, byte[] middle, byte[] json, int tail) {
        byte[] all = Arrays.copyOf(head, head.length + middle.length + json.length - tail);
        System.arraycopy(middle, 0, all, head.length, middle.length);
        System.arraycopy(json, tail, all, head.length + middle.length, json.length - tail);
        return all;
    }
}
