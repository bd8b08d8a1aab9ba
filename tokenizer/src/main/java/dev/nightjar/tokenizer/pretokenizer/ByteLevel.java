package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import dev.nightjar.tokenizer.algorithm.PreTokenizer;
import dev.nightjar.tokenizer.normalizer.Edits;
import java.nio.charset.StandardCharsets;

/**
 * The byte-level rules of GPT-2: a space before a piece that has none, words by the GPT-2 rule,
 * each byte written as a letter.
 *
 * @param addsSpace whether a space is put before a piece
 * @param cutsWords whether pieces are cut into words
 * @param writesLetters whether bytes are written as letters; not needed where this is the last rule
 *     and the model works on bytes
 */
public record ByteLevel(boolean addsSpace, boolean cutsWords, boolean writesLetters)
        implements PieceSplitter {
    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        PieceConsumer sink = writesLetters ? (part, a, b) -> letters(part, a, b, out) : out;
        if (addsSpace && text.utf8()[from] != ' ') {
            byte[] spaced = new byte[to - from + 1];
            spaced[0] = ' ';
            System.arraycopy(text.utf8(), from, spaced, 1, to - from);
            Edits edits = new Edits();
            edits.add(0, 1, 0, 0);
            words(text.rewritten(spaced, from, edits), 0, spaced.length, sink);
        } else {
            words(text, from, to, sink);
        }
    }

    private void words(PieceText text, int from, int to, PieceConsumer out) {
        if (cutsWords) {
            PreTokenizer.GPT2.split(text.utf8(), from, to, (a, b) -> out.accept(text, a, b));
        } else {
            out.accept(text, from, to);
        }
    }

    private static void letters(PieceText text, int from, int to, PieceConsumer out) {
        char[] letters = new char[to - from];
        Edits edits = new Edits();
        int length = 0;
        for (int i = 0; i < letters.length; i++) {
            letters[i] = ByteAlphabet.letter(text.utf8()[from + i] & 0xFF);
            int letterBytes = letters[i] < 0x80 ? 1 : 2;
            if (letterBytes > 1) {
                edits.add(length, length + letterBytes, i, i + 1);
            }
            length += letterBytes;
        }
        byte[] written = new String(letters).getBytes(StandardCharsets.UTF_8);
        out.accept(text.rewritten(written, from, edits), 0, written.length);
    }
}
