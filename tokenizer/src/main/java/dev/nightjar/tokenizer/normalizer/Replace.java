package dev.nightjar.tokenizer.normalizer;

import dev.nightjar.tokenizer.pattern.TextPattern;

/**
 * Puts a text in the place of every match of a pattern.
 *
 * @param pattern what is replaced
 * @param content what stands there instead
 */
public record Replace(TextPattern pattern, String content) implements Normalizer {
    @Override
    public NormalizedText normalize(NormalizedText source) {
        Rewriter out = new Rewriter(source);
        pattern.forEachMatch(source.text(), (from, to) -> out.replace(from, to, content));
        return out.finish();
    }
}
