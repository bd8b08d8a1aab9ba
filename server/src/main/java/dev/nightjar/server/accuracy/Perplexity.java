package dev.nightjar.server.accuracy;

/** Adds up how surprising tokens were. For one thread. */
public final class Perplexity implements ChunkedText.Scorer {

    private double sum;
    private double squares;
    private long count;

    /** Nothing scored yet. */
    public Perplexity() {}

    @Override
    public void accept(float[] logits, int next) {
        add(LogProbabilities.normalizer(logits) - logits[next]);
    }

    void add(double negativeLogProbability) {
        sum += negativeLogProbability;
        squares += negativeLogProbability * negativeLogProbability;
        count++;
    }

    /** Scored tokens. */
    public long count() {
        return count;
    }

    /** The exponential of the mean negative log probability. */
    public double value() {
        return Math.exp(sum / count);
    }

    /** How uncertain {@link #value} is for so many tokens, as one standard deviation. */
    public double uncertainty() {
        if (count < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = sum / count;
        double variance = Math.max(0, squares / count - mean * mean);
        return value() * Math.sqrt(variance / (count - 1));
    }
}
