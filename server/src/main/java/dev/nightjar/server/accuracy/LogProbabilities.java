package dev.nightjar.server.accuracy;

/** Natural logarithms of probabilities from logits, in double precision. */
final class LogProbabilities {

    private LogProbabilities() {}

    /** The logarithm of the sum of exponentials: what to subtract from a logit. */
    static double normalizer(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }

    /** The index of the largest, the first of equals. */
    static int top(float[] logits) {
        int top = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[top]) {
                top = i;
            }
        }
        return top;
    }
}
