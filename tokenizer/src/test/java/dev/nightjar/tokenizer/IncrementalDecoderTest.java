package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncrementalDecoderTest {
    private final Tokenizer tokenizer = Tokenizer.of(SyntheticSpecs.sentencePiece().build());
    private final IncrementalDecoder decoder = tokenizer.decoder();

    @Test
    void holdsBackAnIncompleteSequence() {
        byte[] llama = "🦙".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            assertEquals("", decoder.accept(idOf(llama[i])));
        }
        assertEquals("🦙", decoder.accept(idOf(llama[3])));
        assertEquals("", decoder.flush());
    }

    @Test
    void replacesASequenceThatBreaksOff() {
        decoder.accept(idOf((byte) 0xF0));
        assertEquals("\uFFFDl", decoder.accept(tokenizer.vocabulary().id("l").orElseThrow()));
        decoder.accept(idOf((byte) 0xC3));
        assertEquals("\uFFFD", decoder.flush());
    }

    @Test
    void isFreshAfterFlush() {
        decoder.accept(idOf((byte) 0xC3));
        decoder.flush();
        assertEquals("l", decoder.accept(tokenizer.vocabulary().id("l").orElseThrow()));
    }

    @Test
    void keepsTheLeadingSpaceAndSkipsControlTokens() {
        assertEquals("", decoder.accept(SyntheticSpecs.BOS));
        assertEquals(" hello", decoder.accept(tokenizer.vocabulary().id("▁hello").orElseThrow()));
    }

    @Test
    void tokenOfAnyLengthFits() {
        String longToken = "é".repeat(500);
        Tokenizer other =
                Tokenizer.of(
                        TokenizerSpec.builder(
                                        Algorithm.SENTENCEPIECE_BPE, List.of(longToken, "<0xC3>"))
                                .types(List.of(TokenType.NORMAL, TokenType.BYTE))
                                .scores(new float[2])
                                .build());
        IncrementalDecoder streaming = other.decoder();
        assertEquals("", streaming.accept(1));
        assertEquals("\uFFFD" + longToken, streaming.accept(0));
    }

    private int idOf(byte value) {
        return tokenizer.vocabulary().id("<0x%02X>".formatted(value & 0xFF)).orElseThrow();
    }
}
