package dev.nightjar.tokenizer.normalizer;

import dev.nightjar.tokenizer.algorithm.UnicodeSets;

/** Rules that look at one code point at a time. */
public enum CodePointNormalizer implements Normalizer {
    /** Lower case without regard to context. */
    LOWERCASE {
        @Override
        int map(int codePoint) {
            return Character.toLowerCase(codePoint);
        }
    },
    /** Leaves marks out. */
    STRIP_ACCENTS {
        @Override
        int map(int codePoint) {
            return UnicodeSets.isMark(codePoint) ? REMOVED : codePoint;
        }
    },
    /** Leaves non-spacing marks out, as BERT does after decomposing. */
    STRIP_NON_SPACING_MARKS {
        @Override
        int map(int codePoint) {
            return codePoint >= 0x300 && Character.getType(codePoint) == Character.NON_SPACING_MARK
                    ? REMOVED
                    : codePoint;
        }
    },
    /** Leaves control characters out and makes every white space a space, as BERT does. */
    CLEAN_TEXT {
        @Override
        int map(int codePoint) {
            if (codePoint > ' ' && codePoint < 127) {
                return codePoint;
            }
            if (codePoint == 0 || codePoint == 0xFFFD || UnicodeSets.isControl(codePoint)) {
                return REMOVED;
            }
            return UnicodeSets.isSpace(codePoint) ? ' ' : codePoint;
        }
    },
    /** Leaves ASCII control characters out and makes special spaces plain ones. */
    NMT {
        @Override
        int map(int codePoint) {
            return switch (codePoint) {
                case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD -> ' ';
                case 0x0B, 0x7F, 0x8F, 0x9F -> REMOVED;
                default -> {
                    if (codePoint >= 1 && codePoint <= 8 || codePoint >= 0x0E && codePoint < ' ') {
                        yield REMOVED;
                    }
                    yield codePoint >= 0x200B && codePoint <= 0x200F ? ' ' : codePoint;
                }
            };
        }
    };

    private static final int REMOVED = -1;
    private static final int CAPITAL_I_WITH_DOT = 0x130;

    /** What a code point becomes, or {@link #REMOVED}. */
    abstract int map(int codePoint);

    @Override
    public NormalizedText normalize(NormalizedText source) {
        String text = source.text();
        Rewriter out = new Rewriter(source);
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            int mapped = map(codePoint);
            if (this == LOWERCASE && codePoint == CAPITAL_I_WITH_DOT) {
                // The one letter that has two code points in lower case.
                out.replace(i, end, "i\u0307");
            } else if (mapped == REMOVED) {
                out.remove(i, end);
            } else if (mapped != codePoint) {
                out.replace(i, end, mapped);
            }
            i = end;
        }
        return out.finish();
    }
}
