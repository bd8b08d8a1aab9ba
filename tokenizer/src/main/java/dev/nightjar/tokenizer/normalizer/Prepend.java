package dev.nightjar.tokenizer.normalizer;

/**
 * Puts a text before every text that is not empty.
 *
 * @param prefix what stands before
 */
public record Prepend(String prefix) implements Normalizer {
    @Override
    public NormalizedText normalize(NormalizedText source) {
        Rewriter out = new Rewriter(source);
        if (!source.text().isEmpty()) {
            out.replace(0, 0, prefix);
        }
        return out.finish();
    }
}
