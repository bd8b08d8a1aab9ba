package dev.nightjar.tokenizer.format.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.SentencePieceRules;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.format.json.Mutations;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a model file says, and what a damaged one does. */
class SentencePieceFileTest {

    /** A complete small model: BPE, byte fallback, a user-defined piece. */
    private static ProtoWriter model(int modelType) {
        ProtoWriter file = new ProtoWriter();
        file.message(1, piece("<unk>", 0, 2)).message(1, piece("<s>", 0, 3));
        file.message(1, piece("</s>", 0, 3)).message(1, piece("<tool>", 0, 4));
        for (int value = 0; value < 256; value++) {
            file.message(1, piece("<0x%02X>".formatted(value), 0, 6));
        }
        for (String piece : List.of("\u2581", "a", "b", "ab", "\u2581ab")) {
            file.message(1, piece(piece, -piece.length(), 1));
        }
        ProtoWriter trainer =
                new ProtoWriter().varint(3, modelType).varint(35, 1).varint(43, -1).string(44, "?");
        ProtoWriter normalizer = new ProtoWriter().varint(4, 0).string(1, "identity");
        return file.message(2, trainer).message(3, normalizer);
    }

    private static ProtoWriter piece(String piece, float score, int type) {
        return new ProtoWriter().string(1, piece).float32(2, score).varint(3, type);
    }

    @Test
    void whatTheFileSays() {
        TokenizerSpec spec = SentencePieceFile.parse(model(2).toBytes()).build();
        assertEquals(Algorithm.SENTENCEPIECE_BPE, spec.algorithm());
        assertEquals(265, spec.tokens().size());
        assertEquals(TokenType.USER_DEFINED, spec.types().get(3));
        assertEquals(-2, spec.scores()[263]);
        assertEquals(OptionalInt.of(0), spec.specialIds().unknown());
        assertEquals(OptionalInt.of(1), spec.specialIds().bos());
        assertEquals(OptionalInt.of(2), spec.specialIds().eos());
        assertEquals(OptionalInt.empty(), spec.specialIds().padding());
        assertEquals(
                new SentencePieceRules(new byte[0], true, false, true, false, "?", new byte[0]),
                spec.sentencePieceRules().orElseThrow());
    }

    @Test
    void bothAlgorithmsEncode() {
        for (int modelType = 1; modelType <= 2; modelType++) {
            Tokenizer tokenizer =
                    Tokenizer.of(SentencePieceFile.parse(model(modelType).toBytes()).build());
            // The dummy prefix stands before the user-defined piece, as the text is one whole.
            int[] ids = tokenizer.encode("<tool>ab é");
            assertArrayEquals(new int[] {260, 3, 263, 260, 4 + 0xC3, 4 + 0xA9}, ids);
            assertEquals("<tool>ab é", tokenizer.decode(ids));
            assertArrayEquals(new int[] {1, 264, 2}, tokenizer.encodeRendered("<s>ab</s>"));
            assertEquals("?", tokenizer.decode(new int[] {0, 1}));
        }
    }

    @Test
    void damageIsNamed() {
        assertRefused(new byte[0], "no piece");
        assertRefused(new byte[] {0x0A, 0x05, 0x0A}, "at most 1 bytes, found 5");
        assertRefused(new byte[] {0x4B}, "wire type 0, 1, 2 or 5, found 3");
        assertRefused(new byte[] {0x00}, "field number");
        assertRefused(new byte[] {0x08, 1}, "expected a message (wire type 2)");
        byte[] endless = new byte[12];
        Arrays.fill(endless, (byte) 0xFF);
        assertRefused(endless, "at most ten bytes");
        assertRefused(new ProtoWriter().message(1, piece("", 0, 1)).toBytes(), "piece 0");
        assertRefused(new ProtoWriter().message(1, piece("a", 0, 7)).toBytes(), "type 7");
        assertRefused(new ProtoWriter().message(1, piece("a", 0, 1)).toBytes(), "type unknown");
        assertRefused(model(3).toBytes(), "expected 1 (unigram) or 2 (bpe), found 3");
        assertRefused(
                model(1).message(1, piece("<0x00>", 0, 6)).toBytes(), "expected 256 byte pieces");
    }

    @Test
    void mutatedFilesAreRefusedOrRead() {
        mutate(3_000);
    }

    @Test
    @Tag("full")
    void aMillionMutatedFiles() {
        mutate(1_000_000);
    }

    private static void mutate(int numFiles) {
        Random random = new Random(17);
        byte[] valid = model(1).toBytes();
        int numRead = 0;
        for (int i = 0; i < numFiles; i++) {
            byte[] file = Mutations.of(valid, random);
            try {
                Tokenizer tokenizer = Tokenizer.of(SentencePieceFile.parse(file).build());
                tokenizer.decode(tokenizer.encodeRendered("a<s>bab é <tool>"));
                numRead++;
            } catch (TokenizerException e) {
                assertTrue(
                        e.getMessage().contains("expected") || e.getMessage().contains("has"),
                        e.getMessage());
            }
        }
        assertTrue(numRead > 0 && numRead < numFiles, numRead + " read");
    }

    private static void assertRefused(byte[] file, String part) {
        String message =
                assertThrows(TokenizerFormatException.class, () -> SentencePieceFile.parse(file))
                        .getMessage();
        assertTrue(message.contains(part), message);
    }
}
