package dev.nightjar.tokenizer.normalizer;

import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import java.nio.charset.StandardCharsets;

/** Writes each byte of the UTF-8 form as a letter of the {@link ByteAlphabet}. */
public final class ByteLetters implements Normalizer {
    @Override
    public NormalizedText normalize(NormalizedText source) {
        String text = source.text();
        Rewriter out = new Rewriter(source);
        for (int i = 0; i < text.length(); ) {
            int end = i + Character.charCount(text.codePointAt(i));
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 127) {
                out.replace(i, end, letters(text.substring(i, end)));
            }
            i = end;
        }
        return out.finish();
    }

    private static String letters(String character) {
        byte[] utf8 = character.getBytes(StandardCharsets.UTF_8);
        char[] letters = new char[utf8.length];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = ByteAlphabet.letter(utf8[i] & 0xFF);
        }
        return new String(letters);
    }
}
