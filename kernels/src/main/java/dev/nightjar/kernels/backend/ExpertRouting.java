package dev.nightjar.kernels.backend;

import java.util.Objects;

/**
 * How a mixture of experts chooses: each expert gets a score, the best {@code numUsed} by score
 * (plus a selection bias, if there is one) are used, and their weights follow from their scores
 * without the bias. Of equal scores the expert of the lower index wins; experts are listed by
 * falling score.
 *
 * @param numExperts E
 * @param numUsed k, experts per token
 * @param scoring how router logits become scores
 * @param weights what happens to the chosen scores
 * @param scale factor on the weights
 * @param numGroups groups of neighbouring experts; 1 means no groups
 * @param numGroupsUsed groups whose experts may be chosen, those with the largest sum of their two
 *     best scores
 */
public record ExpertRouting(
        int numExperts,
        int numUsed,
        Scoring scoring,
        Weights weights,
        float scale,
        int numGroups,
        int numGroupsUsed) {

    /** From router logits to scores. */
    public enum Scoring {
        /** Softmax over all experts. */
        SOFTMAX,
        /** Each expert on its own. */
        SIGMOID,
        /** The logits themselves; their softmax over the chosen ones gives the weights. */
        SOFTMAX_OF_CHOSEN
    }

    /** From the scores of the chosen experts to their weights. */
    public enum Weights {
        /** The scores. */
        SCORES,
        /** The scores divided by their sum. */
        NORMALIZED
    }

    /** Checks the sizes. */
    public ExpertRouting {
        Objects.requireNonNull(scoring, "scoring");
        Objects.requireNonNull(weights, "weights");
        if (numUsed < 1 || numUsed > numExperts) {
            throw new IllegalArgumentException(
                    "expected 1 to %d experts per token, found %d".formatted(numExperts, numUsed));
        }
        if (numGroups < 1
                || numExperts % numGroups != 0
                || numGroupsUsed < 1
                || numGroupsUsed > numGroups
                || numGroupsUsed * (numExperts / numGroups) < numUsed) {
            throw new IllegalArgumentException(
                    "%d experts of which %d are used cannot be chosen from %d of %d groups"
                            .formatted(numExperts, numUsed, numGroupsUsed, numGroups));
        }
    }

    /** Routing without groups. */
    public ExpertRouting(
            int numExperts, int numUsed, Scoring scoring, Weights weights, float scale) {
        this(numExperts, numUsed, scoring, weights, scale, 1, 1);
    }
}
