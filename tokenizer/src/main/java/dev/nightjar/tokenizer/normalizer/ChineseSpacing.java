package dev.nightjar.tokenizer.normalizer;

import dev.nightjar.tokenizer.algorithm.UnicodeSets;

/** Puts a space on both sides of each Chinese character, as BERT does. */
public final class ChineseSpacing implements Normalizer {
    @Override
    public NormalizedText normalize(NormalizedText source) {
        String text = source.text();
        Rewriter out = new Rewriter(source);
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (UnicodeSets.isChinese(codePoint)) {
                out.replace(i, i, " ");
                out.replace(end, end, " ");
            }
            i = end;
        }
        return out.finish();
    }
}
