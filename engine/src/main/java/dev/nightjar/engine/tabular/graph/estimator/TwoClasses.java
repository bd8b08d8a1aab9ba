package dev.nightjar.engine.tabular.graph.estimator;

/** How one score becomes those of two classes. */
public final class TwoClasses {

    private TwoClasses() {}

    /** As linear classifiers do: the second class has the score, the first what is left of 1. */
    public static void spread(double score, PostTransform transform, double[] scores, int at) {
        double own = transform == PostTransform.LOGISTIC ? logistic(score) : score;
        scores[at] = (float) (1 - own);
        scores[at + 1] = (float) own;
    }

    /** 1 / (1 + e^−x). */
    public static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
