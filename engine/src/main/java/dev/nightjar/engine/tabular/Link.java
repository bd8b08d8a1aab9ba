package dev.nightjar.engine.tabular;

/**
 * The function from raw scores to predictions.
 *
 * @param shape which function
 * @param scale by which a raw score is multiplied first
 */
public record Link(Shape shape, double scale) {

    /** No change at all. */
    public static final Link IDENTITY = new Link(Shape.IDENTITY, 1);

    /** One function. */
    public enum Shape {
        IDENTITY,
        /** No change, as scores are probabilities already. */
        PROBABILITY,
        /** 1 / (1 + e^−x) of each score. */
        LOGISTIC,
        /** Each score's share of the sum of e^x. */
        SOFTMAX,
        /** As softmax, but scores of zero stay zero. */
        SOFTMAX_ZERO,
        /** The logistic function of each score, divided by their sum. */
        NORMALIZED_LOGISTIC,
        EXP,
        /** log(1 + e^x). */
        SOFTPLUS,
        /** x·|x|. */
        SIGNED_SQUARE,
        /** 1 where x is above 0, else 0. */
        STEP,
        /** The inverse of the normal distribution. */
        PROBIT
    }

    /** A function of unscaled scores. */
    public static Link of(Shape shape) {
        return new Link(shape, 1);
    }

    /** Whether its values are probabilities. */
    public boolean isProbability() {
        return switch (shape) {
            case PROBABILITY, LOGISTIC, SOFTMAX, SOFTMAX_ZERO, NORMALIZED_LOGISTIC -> true;
            default -> false;
        };
    }

    /** Changes the scores of one row in place. */
    public void apply(double[] scores, int offset, int width, Precision precision) {
        switch (shape) {
            case IDENTITY, PROBABILITY -> {
                return;
            }
            case SOFTMAX -> softmax(scores, offset, width, false);
            case SOFTMAX_ZERO -> softmax(scores, offset, width, true);
            default -> {
                for (int i = offset; i < offset + width; i++) {
                    scores[i] = one(scores[i] * scale);
                }
            }
        }
        if (shape == Shape.NORMALIZED_LOGISTIC) {
            normalize(scores, offset, width);
        }
        for (int i = offset; i < offset + width; i++) {
            scores[i] = precision.round(scores[i]);
        }
    }

    private double one(double x) {
        return switch (shape) {
            case LOGISTIC, NORMALIZED_LOGISTIC -> 1 / (1 + Math.exp(-x));
            case EXP -> Math.exp(x);
            case SOFTPLUS -> Math.log1p(Math.exp(x));
            case SIGNED_SQUARE -> x * Math.abs(x);
            case STEP -> x > 0 ? 1 : 0;
            case PROBIT -> Probit.of(x);
            case IDENTITY, PROBABILITY, SOFTMAX, SOFTMAX_ZERO ->
                    throw new IllegalStateException("not a function of one score: " + shape);
        };
    }

    private static void softmax(double[] scores, int offset, int width, boolean keepsZeros) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + width; i++) {
            largest = Math.max(largest, scores[i]);
        }
        for (int i = offset; i < offset + width; i++) {
            boolean isZero = keepsZeros && Math.abs(scores[i]) <= 1e-7;
            scores[i] = isZero ? 0 : Math.exp(scores[i] - largest);
        }
        normalize(scores, offset, width);
    }

    private static void normalize(double[] scores, int offset, int width) {
        double sum = 0;
        for (int i = offset; i < offset + width; i++) {
            sum += scores[i];
        }
        for (int i = offset; i < offset + width; i++) {
            scores[i] = sum == 0 ? 1.0 / width : scores[i] / sum;
        }
    }
}
