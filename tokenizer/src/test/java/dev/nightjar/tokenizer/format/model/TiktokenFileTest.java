package dev.nightjar.tokenizer.format.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.ConformanceCases;
import dev.nightjar.tokenizer.SharedData;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.VocabularyFiles;
import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import dev.nightjar.tokenizer.format.json.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of ranks: published ids, the same vocabulary as merges, and damage. */
class TiktokenFileTest {
    private static final Pattern CASE =
            Pattern.compile("\\G(\"(?:[^\"]|\"\")*\"|[^,\n]*),\"\\[([0-9, ]*)]\",[^\n]*\n");
    private static final int NUM_CASES = 423;

    private static final TiktokenEncoding TINY =
            new TiktokenEncoding(
                    "tiny",
                    258,
                    "gpt-2",
                    Map.of("<|end|>", 260),
                    OptionalInt.empty(),
                    OptionalInt.of(260));

    /** All bytes, "ab" and "abab". */
    private static byte[] tiny() {
        StringBuilder file = new StringBuilder();
        for (int value = 0; value < 256; value++) {
            file.append(line(new byte[] {(byte) value}, value));
        }
        return file.append(line("ab".getBytes(StandardCharsets.UTF_8), 256))
                .append(line("abab".getBytes(StandardCharsets.UTF_8), 257))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(byte[] token, int rank) {
        return Base64.getEncoder().encodeToString(token) + " " + rank + "\n";
    }

    @Test
    void publishedIdsOfCl100k() throws IOException {
        Path folder = SharedData.path("data/tok/tiktoken");
        Tokenizer tokenizer =
                Tokenizer.of(
                        TokenizerModelFile.read(folder.resolve("cl100k_base.tiktoken")).build());
        String cases = Files.readString(folder.resolve("cl100k_base_encodings.csv"));
        Matcher matcher = CASE.matcher(cases);
        int start = cases.indexOf('\n') + 1;
        int numCases = 0;
        for (; matcher.find(start); start = matcher.end()) {
            String text = unquoted(matcher.group(1));
            int[] expected =
                    Arrays.stream(matcher.group(2).split(", "))
                            .filter(id -> !id.isEmpty())
                            .mapToInt(Integer::parseInt)
                            .toArray();
            assertArrayEquals(expected, tokenizer.encode(text), text);
            assertEquals(text, tokenizer.decode(expected));
            numCases++;
        }
        assertEquals(cases.length(), start);
        assertEquals(NUM_CASES, numCases);
    }

    /** Llama 3 as ranks gives the ids that it gives as merges. */
    @Test
    void ranksAreTheMerges(@TempDir Path folder) throws IOException {
        TokenizerSpec merges = VocabularyFiles.llama3();
        StringBuilder lines = new StringBuilder();
        for (int id = 0; id < 128_000; id++) {
            lines.append(line(ByteAlphabet.bytesOf(merges.tokens().get(id)), id));
        }
        Path file = Files.writeString(folder.resolve("tokenizer.model"), lines);
        TokenizerSpec spec = TokenizerModelFile.read(file).build();
        assertTrue(spec.addBos());
        Tokenizer tokenizer = Tokenizer.of(spec);
        ConformanceCases.of("llama-bpe").check(tokenizer);
        Tokenizer other = Tokenizer.of(merges);
        String book = Files.readString(SharedData.path("data/tok/spm/botchan.txt"));
        assertArrayEquals(other.encode(book), tokenizer.encode(book));
        assertArrayEquals(
                new int[] {128_000, 128_006, 882, 128_007, 271},
                tokenizer.encodeRendered(
                        "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n"));
    }

    @Test
    void bytesMergeByRank() {
        TokenizerSpec spec = TiktokenFile.parse(tiny(), TINY).build();
        assertEquals(TokenType.UNUSED, spec.types().get(259));
        Tokenizer tokenizer = Tokenizer.of(spec);
        assertArrayEquals(new int[] {257, 256, 'a'}, tokenizer.encode("abababa"));
        assertArrayEquals(new int[] {256, 260}, tokenizer.encodeRendered("ab<|end|>"));
        assertEquals("é", tokenizer.decode(tokenizer.encode("é")));
    }

    @Test
    void contentIsRecognised() {
        assertTrue(TiktokenFile.isTiktoken(tiny()));
        assertTrue(TiktokenFile.isTiktoken("IQ== 0".getBytes(StandardCharsets.UTF_8)));
        for (String other :
                List.of("", "IQ==", "IQ== ", "{\"a\": 1}", "\n\u0007\n\u0001a", "a b\n")) {
            assertFalse(TiktokenFile.isTiktoken(other.getBytes(StandardCharsets.UTF_8)), other);
        }
    }

    @Test
    void damageIsNamed() {
        assertRefused("IQ==\n", "with a space");
        assertRefused("I!== 0\n", "base64");
        assertRefused("IQ== x\n", "in digits");
        assertRefused("IQ== 99999999999\n", "below 2^31");
        assertRefused("IQ== \n", "behind the space");
        assertRefused(" 0\n", "1 to 1024 bytes");
        assertRefused("IQ== 5000\n", "expected ranks below 1025");
        assertRefused("IQ== 0\nIg== 0\n", "rank 0: expected one token");
        assertRefused("", "found none");
        assertRefused("A".repeat(2000) + " 0\n", "at most");
        String message =
                assertThrows(TokenizerFormatException.class, () -> TiktokenFile.parse(tiny()))
                        .getMessage();
        assertTrue(
                message.contains("cl100k_base 100256") && message.contains("258 ranks"), message);
    }

    @Test
    void mutatedFilesAreRefusedOrRead() {
        mutate(2_000);
    }

    @Test
    @Tag("full")
    void aMillionMutatedFiles() {
        mutate(1_000_000);
    }

    private static void mutate(int numFiles) {
        Random random = new Random(23);
        byte[] valid = tiny();
        int numRead = 0;
        for (int i = 0; i < numFiles; i++) {
            byte[] file = Mutations.of(valid, random);
            try {
                Tokenizer tokenizer = Tokenizer.of(TiktokenFile.parse(file, TINY).build());
                tokenizer.encodeRendered("abab<|end|> é");
                numRead++;
            } catch (TokenizerException e) {
                assertTrue(
                        e.getMessage().contains("expected") || e.getMessage().contains("has"),
                        e.getMessage());
            }
        }
        assertTrue(numRead > 0 && numRead < numFiles, numRead + " read");
    }

    private static void assertRefused(String file, String part) {
        String message =
                assertThrows(
                                TokenizerFormatException.class,
                                () ->
                                        TiktokenFile.parse(
                                                file.getBytes(StandardCharsets.UTF_8), TINY))
                        .getMessage();
        assertTrue(message.contains(part), message);
    }

    private static String unquoted(String field) {
        return field.startsWith("\"")
                ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
                : field;
    }
}
