package dev.nightjar.engine.registry;

import dev.nightjar.engine.format.ModelFormatException;

/** Whether a vocabulary and an embedding belong together. */
final class VocabularyCheck {

    private VocabularyCheck() {}

    /** Checkpoints may pad their embedding beyond the vocabulary, never the other way round. */
    static void require(String checkpoint, int numTokens, int rows) {
        if (numTokens > rows) {
            throw new ModelFormatException(
                    "%s: the vocabulary has %d tokens, but the embedding only %d rows"
                            .formatted(checkpoint, numTokens, rows));
        }
    }
}
