package dev.nightjar.engine.tabular.svm;

import dev.nightjar.engine.tabular.score.PerRow;

/**
 * The likeness of a row and each support vector.
 *
 * @param kernel measures it
 * @param vectors [vectors, features]
 * @param numInputs features
 */
public record SupportVectors(Kernel kernel, double[] vectors, int numInputs) implements PerRow {

    @Override
    public int numOutputs() {
        return vectors.length / numInputs;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        for (int v = 0; v < numOutputs(); v++) {
            scores[to + v] = kernel.of(rows, from, vectors, v * numInputs, numInputs);
        }
    }
}
