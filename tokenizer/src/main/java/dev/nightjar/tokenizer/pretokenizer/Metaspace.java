package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.normalizer.Edits;
import java.util.Arrays;

/**
 * Writes spaces as a visible sign, puts one before a piece, and cuts before each.
 *
 * @param symbol the UTF-8 form of the sign, mostly that of U+2581
 * @param prepend where one is put before a piece that has none
 * @param cutsWords whether pieces are cut before each sign
 */
public record Metaspace(byte[] symbol, Prepend prepend, boolean cutsWords)
        implements PieceSplitter {
    /** Where a sign is put before a piece. */
    public enum Prepend {
        /** Before every piece. */
        ALWAYS,
        /** Before the piece with which the text begins. */
        FIRST,
        /** Nowhere. */
        NEVER
    }

    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        PieceText written = written(text, from, to);
        int start = written == text ? from : 0;
        int end = written == text ? to : written.utf8().length;
        if (!cutsWords) {
            out.accept(written, start, end);
            return;
        }
        // Of signs in a row each begins a piece, the last one together with the word after it.
        for (int i = start + 1; i < end; i++) {
            if (isSymbol(written.utf8(), i, end)) {
                out.accept(written, start, i);
                start = i;
            }
        }
        out.accept(written, start, end);
    }

    private PieceText written(PieceText text, int from, int to) {
        byte[] utf8 = text.utf8();
        boolean isPrepended = isPrepended(text, from, to);
        int spaces = 0;
        for (int i = from; i < to; i++) {
            spaces += utf8[i] == ' ' ? 1 : 0;
        }
        if (spaces == 0 && !isPrepended) {
            return text;
        }
        int prefix = isPrepended ? symbol.length : 0;
        byte[] written = new byte[prefix + to - from + spaces * (symbol.length - 1)];
        Edits edits = new Edits();
        int at = 0;
        if (isPrepended) {
            at = write(written, 0);
            edits.add(0, at, 0, 0);
        }
        for (int i = from; i < to; i++) {
            if (utf8[i] == ' ') {
                int end = write(written, at);
                edits.add(at, end, i - from, i - from + 1);
                at = end;
            } else {
                written[at++] = utf8[i];
            }
        }
        return text.rewritten(written, from, edits);
    }

    private int write(byte[] target, int at) {
        System.arraycopy(symbol, 0, target, at, symbol.length);
        return at + symbol.length;
    }

    private boolean isPrepended(PieceText text, int from, int to) {
        if (text.utf8()[from] == ' ' || isSymbol(text.utf8(), from, to)) {
            return false;
        }
        return switch (prepend) {
            case ALWAYS -> true;
            case FIRST -> text.normalizedStart(from) == 0 && text.isAtStart();
            case NEVER -> false;
        };
    }

    private boolean isSymbol(byte[] utf8, int at, int to) {
        int end = at + symbol.length;
        return end <= to && Arrays.equals(utf8, at, end, symbol, 0, symbol.length);
    }
}
