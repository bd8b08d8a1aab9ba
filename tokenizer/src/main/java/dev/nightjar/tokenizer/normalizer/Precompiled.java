package dev.nightjar.tokenizer.normalizer;

import dev.nightjar.tokenizer.algorithm.ClusterNormalizer;

/**
 * The replacements of a SentencePiece model, by the rule of a tokenizer.json.
 *
 * @param clusters the rule
 */
public record Precompiled(ClusterNormalizer clusters) implements Normalizer {
    @Override
    public NormalizedText normalize(NormalizedText source) {
        Rewriter out = new Rewriter(source);
        clusters.forEachReplacement(source.text(), out::replace);
        return out.finish();
    }
}
