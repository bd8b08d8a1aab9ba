package dev.nightjar.engine.tabular.svm;

import dev.nightjar.engine.tabular.score.Changed.Change;

/**
 * The decision between each two classes, as libsvm lays it out: vectors stand class by class; of
 * the pair (i, j), vectors of class i have their weight in row j − 1, those of class j in row i. A
 * score above 0 is for class i.
 *
 * @param weights [classes − 1, vectors]
 * @param starts [classes + 1], where the vectors of each class begin
 * @param constants [pairs]
 */
public record PairwiseDecision(double[] weights, int[] starts, double[] constants)
        implements Change {

    /** How many pairs of so many classes. */
    public static int numPairs(int numClasses) {
        return numClasses * (numClasses - 1) / 2;
    }

    @Override
    public void apply(double[] likeness, int from, double[] scores, int to) {
        int numClasses = starts.length - 1;
        int pair = 0;
        for (int i = 0; i < numClasses; i++) {
            for (int j = i + 1; j < numClasses; j++) {
                double sum = part(likeness, from, i, j - 1) + part(likeness, from, j, i);
                scores[to + pair] = sum + constants[pair];
                pair++;
            }
        }
    }

    private double part(double[] likeness, int from, int vectorsOf, int row) {
        int numVectors = starts[starts.length - 1];
        double sum = 0;
        for (int v = starts[vectorsOf]; v < starts[vectorsOf + 1]; v++) {
            sum += weights[row * numVectors + v] * likeness[from + v];
        }
        return sum;
    }
}
