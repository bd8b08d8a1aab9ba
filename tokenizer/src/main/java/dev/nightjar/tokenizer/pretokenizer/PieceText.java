package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.normalizer.Edits;

/**
 * The bytes that pieces are cut from. A splitter that changes text makes a new one, which knows the
 * way back. Immutable; the array is not copied.
 */
public final class PieceText {
    private final byte[] utf8;
    private final PieceText before;
    private final int offset;
    private final Edits edits;
    private final boolean isAtStart;

    private PieceText(byte[] utf8, PieceText before, int offset, Edits edits, boolean isAtStart) {
        this.utf8 = utf8;
        this.before = before;
        this.offset = offset;
        this.edits = edits;
        this.isAtStart = isAtStart;
    }

    /** A stretch as the normalizer gave it, which does not begin the whole text. */
    public static PieceText within(byte[] utf8) {
        return new PieceText(utf8, null, 0, Edits.NONE, false);
    }

    /** A stretch as the normalizer gave it, with which the whole text begins. */
    public static PieceText atStart(byte[] utf8) {
        return new PieceText(utf8, null, 0, Edits.NONE, true);
    }

    /** A text that was made of this one from {@code offset} on. */
    PieceText rewritten(byte[] newUtf8, int newOffset, Edits newEdits) {
        return new PieceText(newUtf8, this, newOffset, newEdits, isAtStart);
    }

    /** Whether the whole text begins with this stretch. */
    boolean isAtStart() {
        return isAtStart;
    }

    /** The bytes; not to be changed. */
    public byte[] utf8() {
        return utf8;
    }

    /** Where in the normalized text the byte at {@code position} came from. */
    public int normalizedStart(int position) {
        int at = position;
        for (PieceText step = this; step.before != null; step = step.before) {
            at = step.edits.startBefore(at) + step.offset;
        }
        return at;
    }

    /** Where in the normalized text that ended what ends at {@code position} here. */
    public int normalizedEnd(int position) {
        int at = position;
        for (PieceText step = this; step.before != null; step = step.before) {
            at = step.edits.endBefore(at) + step.offset;
        }
        return at;
    }
}
