package dev.nightjar.engine.encoder;

import java.util.List;

/**
 * What a text is held for.
 *
 * @param labels all labels, the likeliest first
 * @param numTokens tokens of the text, special ones included
 */
public record Classification(List<ScoredLabel> labels, int numTokens) {

    /**
     * A label and how likely it is.
     *
     * @param label its name
     * @param score from 0 to 1; those of all labels add up to 1
     * @param rawScore as the model computed it
     */
    public record ScoredLabel(String label, float score, float rawScore) {}

    /** Copies the list. */
    public Classification {
        labels = List.copyOf(labels);
    }

    /** The likeliest label. */
    public ScoredLabel top() {
        return labels.getFirst();
    }
}
