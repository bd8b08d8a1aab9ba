package dev.nightjar.tokenizer.normalizer;

import java.util.List;

/**
 * Several normalizers one after the other.
 *
 * @param normalizers in the order in which they work
 */
public record NormalizerSequence(List<Normalizer> normalizers) implements Normalizer {
    /** Copies the list. */
    public NormalizerSequence {
        normalizers = List.copyOf(normalizers);
    }

    @Override
    public NormalizedText normalize(NormalizedText text) {
        NormalizedText result = text;
        for (Normalizer normalizer : normalizers) {
            result = normalizer.normalize(result);
        }
        return result;
    }
}
