package dev.nightjar.tokenizer.normalizer;

import dev.nightjar.tokenizer.algorithm.UnicodeSets;

/**
 * Takes white space away at the ends of a text.
 *
 * @param isLeft whether at the beginning
 * @param isRight whether at the end
 */
public record Strip(boolean isLeft, boolean isRight) implements Normalizer {
    @Override
    public NormalizedText normalize(NormalizedText source) {
        String text = source.text();
        int from = 0;
        while (isLeft && from < text.length() && UnicodeSets.isSpace(text.charAt(from))) {
            from++;
        }
        int to = text.length();
        while (isRight && to > from && UnicodeSets.isSpace(text.charAt(to - 1))) {
            to--;
        }
        Rewriter out = new Rewriter(source);
        if (from > 0) {
            out.remove(0, from);
        }
        if (to < text.length()) {
            out.remove(to, text.length());
        }
        return out.finish();
    }
}
