package dev.nightjar.tokenizer.normalizer;

import java.text.Normalizer.Form;

/** The four Unicode normalization forms. */
public enum UnicodeForm implements Normalizer {
    /** Composed. */
    NFC(Form.NFC),
    /** Decomposed. */
    NFD(Form.NFD),
    /** Compatibility composed. */
    NFKC(Form.NFKC),
    /** Compatibility decomposed. */
    NFKD(Form.NFKD);

    private static final int FIRST_NORMALIZED = 0x80;

    private final Form form;

    UnicodeForm(Form form) {
        this.form = form;
    }

    @Override
    public NormalizedText normalize(NormalizedText source) {
        String text = source.text();
        Rewriter out = new Rewriter(source);
        for (int start = 0; start < text.length(); ) {
            int end = endOfSegment(text, start);
            // ASCII is normal in every form.
            if (end - start > 1 || text.charAt(start) >= FIRST_NORMALIZED) {
                normalize(text, start, end, out);
            }
            start = end;
        }
        return out.finish();
    }

    private void normalize(String text, int start, int end, Rewriter out) {
        String segment = text.substring(start, end);
        if (!java.text.Normalizer.isNormalized(segment, form)) {
            out.replace(start, end, java.text.Normalizer.normalize(segment, form));
        }
    }

    /** A character with all that could combine with it: segments normalize independently. */
    private static int endOfSegment(String text, int start) {
        int i = start + Character.charCount(text.codePointAt(start));
        while (i < text.length() && text.charAt(i) >= 0x300) {
            int codePoint = text.codePointAt(i);
            if (!combines(codePoint)) {
                break;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    private static boolean combines(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default ->
                    codePoint >= 0x1160 && codePoint <= 0x11FF
                            || codePoint >= 0xD7B0 && codePoint <= 0xD7FB
                            || codePoint == 0xFF9E
                            || codePoint == 0xFF9F
                            || codePoint >= 0xFFA0 && codePoint <= 0xFFDC;
        };
    }
}
