package dev.nightjar.engine.tabular.graph.estimator;

/**
 * Probabilities of classes from scores of pairs: a logistic function of each score, then the
 * probabilities that agree best with all pairs (Wu, Lin and Weng 2004, the second method), found by
 * at most 100 rounds.
 *
 * @param a factor of each pair's score; empty if there are no probabilities
 * @param b constant of each pair
 */
public record PairProbabilities(double[] a, double[] b) {
    private static final double LEAST = 1e-7f;
    private static final int MAX_ROUNDS = 100;

    /** Whether there are any. */
    boolean isPresent() {
        return a.length > 0;
    }

    /** Whether they are those of so many pairs, or none. */
    boolean fits(int pairs) {
        return a.length == b.length && (a.length == 0 || a.length == pairs);
    }

    /** Writes one probability a class. */
    void write(double[] pairScores, int count, double[] to, int at) {
        double[] agreed = new double[count * count];
        int pair = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                double p = 1 - TwoClasses.logistic((float) (pairScores[pair] * a[pair] + b[pair]));
                double bounded = Math.clamp((float) p, LEAST, (float) (1 - LEAST));
                agreed[i * count + j] = bounded;
                agreed[j * count + i] = (float) (1 - bounded);
                pair++;
            }
        }
        double[] found = new Coupling(agreed, count).solve();
        System.arraycopy(found, 0, to, at, count);
    }

    /** The quadratic problem. */
    private static final class Coupling {
        private final int count;
        private final double[] q;
        private final double[] p;
        private final double[] qp;

        Coupling(double[] r, int count) {
            this.count = count;
            q = new double[count * count];
            p = new double[count];
            qp = new double[count];
            for (int i = 0; i < count; i++) {
                p[i] = 1.0 / count;
                for (int j = 0; j < count; j++) {
                    if (j != i) {
                        q[i * count + i] += r[j * count + i] * r[j * count + i];
                        q[i * count + j] = -r[j * count + i] * r[i * count + j];
                    }
                }
            }
        }

        double[] solve() {
            for (int round = 0; round < MAX_ROUNDS; round++) {
                double pqp = multiplied();
                double error = 0;
                for (double value : qp) {
                    error = Math.max(error, Math.abs(value - pqp));
                }
                if (error < 0.005 / count) {
                    break;
                }
                improve(pqp);
            }
            return p;
        }

        private double multiplied() {
            double pqp = 0;
            for (int i = 0; i < count; i++) {
                qp[i] = 0;
                for (int j = 0; j < count; j++) {
                    qp[i] += q[i * count + j] * p[j];
                }
                pqp += p[i] * qp[i];
            }
            return pqp;
        }

        private void improve(double start) {
            double pqp = start;
            for (int i = 0; i < count; i++) {
                double own = q[i * count + i];
                double change = (pqp - qp[i]) / own;
                p[i] += change;
                pqp = (pqp + change * (change * own + 2 * qp[i])) / (1 + change) / (1 + change);
                for (int j = 0; j < count; j++) {
                    qp[j] = (qp[j] + change * q[i * count + j]) / (1 + change);
                    p[j] /= 1 + change;
                }
            }
        }
    }
}
