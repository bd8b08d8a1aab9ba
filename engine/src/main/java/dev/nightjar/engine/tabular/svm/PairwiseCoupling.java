package dev.nightjar.engine.tabular.svm;

import dev.nightjar.engine.tabular.score.Changed.Change;
import java.util.Arrays;

/**
 * Probabilities of classes of scores of pairs: each score through a logistic function (Platt), then
 * the probabilities that fit those of the pairs best (Wu, Lin and Weng, 2004, second method), by
 * the iteration and up to the accuracy of libsvm.
 *
 * @param slopes [pairs]
 * @param offsets [pairs]
 * @param numClasses at least 2
 */
public record PairwiseCoupling(double[] slopes, double[] offsets, int numClasses)
        implements Change {
    private static final double LEAST = 1e-7;
    private static final int MAX_ITERATIONS = 100;

    @Override
    public void apply(double[] scores, int from, double[] after, int to) {
        double[][] pairs = new double[numClasses][numClasses];
        int pair = 0;
        for (int i = 0; i < numClasses; i++) {
            for (int j = i + 1; j < numClasses; j++) {
                double p = logistic(scores[from + pair] * slopes[pair] + offsets[pair]);
                pairs[i][j] = Math.clamp(p, LEAST, 1 - LEAST);
                pairs[j][i] = 1 - pairs[i][j];
                pair++;
            }
        }
        System.arraycopy(coupled(pairs), 0, after, to, numClasses);
    }

    private static double logistic(double x) {
        return x >= 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x));
    }

    private double[] coupled(double[][] r) {
        double[][] q = new double[numClasses][numClasses];
        for (int t = 0; t < numClasses; t++) {
            for (int j = 0; j < numClasses; j++) {
                if (j != t) {
                    q[t][t] += r[j][t] * r[j][t];
                    q[t][j] = j < t ? q[j][t] : -r[j][t] * r[t][j];
                }
            }
        }
        double[] p = new double[numClasses];
        Arrays.fill(p, 1.0 / numClasses);
        double accuracy = 0.005 / numClasses;
        for (int i = 0; i < Math.max(MAX_ITERATIONS, numClasses); i++) {
            if (!improve(q, p, accuracy)) {
                break;
            }
        }
        return p;
    }

    /** One turn over all classes, unless all are accurate enough. */
    private boolean improve(double[][] q, double[] p, double accuracy) {
        double[] qp = new double[numClasses];
        double pqp = 0;
        for (int t = 0; t < numClasses; t++) {
            for (int j = 0; j < numClasses; j++) {
                qp[t] += q[t][j] * p[j];
            }
            pqp += p[t] * qp[t];
        }
        double worst = 0;
        for (int t = 0; t < numClasses; t++) {
            worst = Math.max(worst, Math.abs(qp[t] - pqp));
        }
        if (worst < accuracy) {
            return false;
        }
        for (int t = 0; t < numClasses; t++) {
            double step = (pqp - qp[t]) / q[t][t];
            p[t] += step;
            pqp = (pqp + step * (step * q[t][t] + 2 * qp[t])) / (1 + step) / (1 + step);
            for (int j = 0; j < numClasses; j++) {
                qp[j] = (qp[j] + step * q[t][j]) / (1 + step);
                p[j] /= 1 + step;
            }
        }
        return true;
    }
}
