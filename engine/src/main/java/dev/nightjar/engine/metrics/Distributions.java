package dev.nightjar.engine.metrics;

/**
 * What one model's sequences and steps took, by size.
 *
 * @param queue from submission to the first step of a sequence
 * @param firstToken from submission to the first token of a sequence
 * @param interToken between two tokens of a sequence
 * @param step from scheduling a step to its last token handed out
 * @param stepSequences sequences of a step
 * @param stepTokens tokens of a step
 */
public record Distributions(
        HistogramSnapshot queue,
        HistogramSnapshot firstToken,
        HistogramSnapshot interToken,
        HistogramSnapshot step,
        HistogramSnapshot stepSequences,
        HistogramSnapshot stepTokens) {

    /** Nothing yet. */
    public static final Distributions NONE =
            new Distributions(
                    HistogramSnapshot.empty(Buckets.REQUEST_SECONDS),
                    HistogramSnapshot.empty(Buckets.REQUEST_SECONDS),
                    HistogramSnapshot.empty(Buckets.STEP_SECONDS),
                    HistogramSnapshot.empty(Buckets.STEP_SECONDS),
                    HistogramSnapshot.empty(Buckets.POWERS_OF_TWO),
                    HistogramSnapshot.empty(Buckets.POWERS_OF_TWO));

    /** Those of two models together. */
    public Distributions plus(Distributions other) {
        return new Distributions(
                queue.plus(other.queue),
                firstToken.plus(other.firstToken),
                interToken.plus(other.interToken),
                step.plus(other.step),
                stepSequences.plus(other.stepSequences),
                stepTokens.plus(other.stepTokens));
    }

    /** What came since an earlier moment. */
    public Distributions minus(Distributions earlier) {
        return new Distributions(
                queue.minus(earlier.queue),
                firstToken.minus(earlier.firstToken),
                interToken.minus(earlier.interToken),
                step.minus(earlier.step),
                stepSequences.minus(earlier.stepSequences),
                stepTokens.minus(earlier.stepTokens));
    }
}
