package dev.nightjar.engine.tabular.svm;

import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.Changed.Change;

/** What scores of pairs of classes, above 0 for the first, say about the classes. */
public final class Votes {

    private Votes() {}

    /** The class that wins most pairs, the first of equals. */
    public static Change winner(int numClasses) {
        return (scores, from, after, to) -> {
            double[] votes = new double[numClasses];
            int pair = from;
            for (int i = 0; i < numClasses; i++) {
                for (int j = i + 1; j < numClasses; j++) {
                    votes[scores[pair++] > 0 ? i : j]++;
                }
            }
            after[to] = Changed.largest(votes, 0, numClasses);
        };
    }

    /** Votes of each class and, below them in weight, how sure they are: between −1/3 and 1/3. */
    public static Change perClass(int numClasses) {
        return (scores, from, after, to) -> {
            double[] sums = new double[numClasses];
            int pair = from;
            for (int i = 0; i < numClasses; i++) {
                for (int j = i + 1; j < numClasses; j++) {
                    double score = scores[pair++];
                    sums[i] += score;
                    sums[j] -= score;
                    after[to + (score < 0 ? j : i)]++;
                }
            }
            for (int c = 0; c < numClasses; c++) {
                after[to + c] += sums[c] / (3 * (Math.abs(sums[c]) + 1));
            }
        };
    }
}
