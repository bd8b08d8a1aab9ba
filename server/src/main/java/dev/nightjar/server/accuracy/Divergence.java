package dev.nightjar.server.accuracy;

import dev.nightjar.server.statistics.Sample;
import java.util.ArrayList;
import java.util.List;

/** How far predictions are from those of a base, token by token. For one thread. */
public final class Divergence implements ChunkedText.Scorer {

    private final BaseFile.Reader base;
    private final Perplexity perplexity = new Perplexity();
    private final Perplexity basePerplexity = new Perplexity();
    private final List<Double> divergences = new ArrayList<>();
    private long sameTop;
    private double errors;
    private double energy;

    /** Compares with the rows of this file, in their order. */
    public Divergence(BaseFile.Reader base) {
        this.base = base;
    }

    @Override
    public void accept(float[] logits, int next) {
        float[] expected = base.next();
        double normalizer = LogProbabilities.normalizer(logits);
        double expectedNormalizer = LogProbabilities.normalizer(expected);
        double divergence = 0;
        for (int i = 0; i < logits.length; i++) {
            double logProbability = expected[i] - expectedNormalizer;
            divergence += Math.exp(logProbability) * (logProbability - (logits[i] - normalizer));
            double error = (double) logits[i] - expected[i];
            errors += error * error;
            energy += (double) expected[i] * expected[i];
        }
        divergences.add(Math.max(0, divergence)); // rounding may leave a little less than 0
        if (LogProbabilities.top(logits) == LogProbabilities.top(expected)) {
            sameTop++;
        }
        perplexity.add(normalizer - logits[next]);
        basePerplexity.add(expectedNormalizer - expected[next]);
    }

    /** Kullback-Leibler divergence from the base, in nats, of each token. */
    public Sample divergences() {
        return Sample.of(divergences);
    }

    /** Share of tokens for which both find the same one likeliest. */
    public double sameTopShare() {
        return (double) sameTop / divergences.size();
    }

    /** Squared error of all logits by the squares of the base's. */
    public double normalizedError() {
        return errors / energy;
    }

    /** Of what is compared. */
    public Perplexity perplexity() {
        return perplexity;
    }

    /** Of the base. */
    public Perplexity basePerplexity() {
        return basePerplexity;
    }
}
