package dev.nightjar.tokenizer.normalizer;

/**
 * One rule of the first stage: text to the form that the model was trained on. Immutable, safe for
 * use by many threads.
 */
public interface Normalizer {
    /** Leaves every text as it is. */
    Normalizer NONE = text -> text;

    /** The normalized text; the argument itself where there is nothing to change. */
    NormalizedText normalize(NormalizedText text);

    /** The normalized form of a text whose places do not matter. */
    default String normalize(String text) {
        return normalize(NormalizedText.of(text)).text();
    }
}
