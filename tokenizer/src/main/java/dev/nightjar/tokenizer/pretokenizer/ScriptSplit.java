package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.algorithm.CodePoints;
import java.lang.Character.UnicodeScript;

/**
 * Cuts where the script changes; Hiragana and Katakana count as Han, a space belongs to every
 * script. Spaces before the first sign of any script are left out.
 */
public final class ScriptSplit implements PieceSplitter {
    private static final int PROLONGED_SOUND = 0x30FC;

    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        byte[] utf8 = text.utf8();
        UnicodeScript last = null;
        int start = -1;
        for (int i = from; i < to; ) {
            UnicodeScript script = script(CodePoints.codePoint(utf8, i));
            if (script != UnicodeScript.UNKNOWN && script != last) {
                if (start >= 0) {
                    out.accept(text, start, i);
                }
                start = i;
                last = script;
            }
            i += CodePoints.length(utf8[i]);
        }
        if (start >= 0) {
            out.accept(text, start, to);
        }
    }

    /** The script of a code point; unknown where it belongs to every one. */
    private static UnicodeScript script(int codePoint) {
        if (codePoint == ' ') {
            return UnicodeScript.UNKNOWN;
        }
        if (codePoint == PROLONGED_SOUND) {
            return UnicodeScript.HAN;
        }
        return switch (UnicodeScript.of(codePoint)) {
            case HIRAGANA, KATAKANA -> UnicodeScript.HAN;
            case UnicodeScript script -> script;
        };
    }
}
