package dev.nightjar.tokenizer.normalizer;

/**
 * A text after some normalizers, that knows for each place where it came from. Immutable.
 *
 * <p>Positions are UTF-16 units. The place of inserted text is the empty stretch it was put into.
 */
public final class NormalizedText {
    private final String text;
    private final Edits edits;

    /** What this text was made of; null in a text as it was given. */
    private final NormalizedText before;

    /** Where the given text begins in the whole one. */
    private final int offset;

    private NormalizedText(String text, Edits edits, NormalizedText before, int offset) {
        this.text = text;
        this.edits = edits;
        this.before = before;
        this.offset = offset;
    }

    /** A text as it was given. */
    public static NormalizedText of(String text) {
        return of(text, 0);
    }

    /** A text as it was given, which stands at {@code offset} of a longer one. */
    public static NormalizedText of(String text, int offset) {
        return new NormalizedText(text, Edits.NONE, null, offset);
    }

    NormalizedText rewritten(String newText, Edits newEdits) {
        return new NormalizedText(newText, newEdits, this, offset);
    }

    /** The text as it now is. */
    public String text() {
        return text;
    }

    /** Where the given text began that the unit at {@code position} came from. */
    public int originalStart(int position) {
        int at = position;
        NormalizedText step = this;
        for (; step.before != null; step = step.before) {
            at = step.edits.startBefore(at);
        }
        return at + offset;
    }

    /** Where the given text ended that the unit that ends at {@code position} came from. */
    public int originalEnd(int position) {
        int at = position;
        NormalizedText step = this;
        for (; step.before != null; step = step.before) {
            at = step.edits.endBefore(at);
        }
        return at + offset;
    }
}
