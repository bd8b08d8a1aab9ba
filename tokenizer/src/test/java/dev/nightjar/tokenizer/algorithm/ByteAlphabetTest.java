package dev.nightjar.tokenizer.algorithm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteAlphabetTest {
    @Test
    void everyByteHasItsLetter() {
        for (int value = 0; value < 256; value++) {
            String letter = String.valueOf(ByteAlphabet.letter(value));
            assertArrayEquals(new byte[] {(byte) value}, ByteAlphabet.bytesOf(letter));
        }
        assertEquals('Ġ', ByteAlphabet.letter(' '));
        assertEquals('Ċ', ByteAlphabet.letter('\n'));
        assertEquals('A', ByteAlphabet.letter('A'));
    }

    @Test
    void tokenOutsideTheAlphabetIsText() {
        assertArrayEquals("a b".getBytes(StandardCharsets.UTF_8), ByteAlphabet.bytesOf("a b"));
        assertArrayEquals("中".getBytes(StandardCharsets.UTF_8), ByteAlphabet.bytesOf("中"));
    }
}
