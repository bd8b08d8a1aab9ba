package dev.nightjar.tokenizer.normalizer;

/** Makes one text of another from left to right; what is not replaced stays. */
final class Rewriter {
    private final NormalizedText source;
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private Edits edits = Edits.NONE;
    private int copied;

    Rewriter(NormalizedText source) {
        this.source = source;
        this.text = source.text();
    }

    /** Puts a replacement in the place of {@code [from, to)}. */
    void replace(int from, int to, CharSequence replacement) {
        out.append(text, copied, from);
        int start = out.length();
        out.append(replacement);
        record(start, from, to);
    }

    /** Puts a code point in the place of {@code [from, to)}. */
    void replace(int from, int to, int codePoint) {
        out.append(text, copied, from);
        int start = out.length();
        out.appendCodePoint(codePoint);
        record(start, from, to);
    }

    /** Leaves {@code [from, to)} out. */
    void remove(int from, int to) {
        replace(from, to, "");
    }

    /** The rewritten text: the source itself, if nothing was replaced. */
    NormalizedText finish() {
        if (copied == 0 && out.isEmpty() && edits == Edits.NONE) {
            return source;
        }
        out.append(text, copied, text.length());
        return source.rewritten(out.toString(), edits);
    }

    private void record(int start, int from, int to) {
        if (out.length() - start != to - from) {
            if (edits == Edits.NONE) {
                edits = new Edits();
            }
            edits.add(start, out.length(), from, to);
        }
        copied = to;
    }
}
