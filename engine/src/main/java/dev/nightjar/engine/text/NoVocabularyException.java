package dev.nightjar.engine.text;

/** A model file brings no vocabulary, so it can be given token ids but no text. */
public final class NoVocabularyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the model. */
    public NoVocabularyException(String model) {
        super(
                ("model %s has no vocabulary in its file, so it takes and gives token ids only; use"
                                + " token prompts, or a file with a vocabulary")
                        .formatted(model));
    }
}
