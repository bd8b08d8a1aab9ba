package dev.nightjar.engine.tabular.group;

import dev.nightjar.engine.tabular.score.Changed.Change;

/**
 * Numbers of classes as votes: what the chosen class gets, and what the others do.
 *
 * @param numClasses how many
 * @param chosen for the class of a number
 * @param other for all others
 */
public record Ballots(int numClasses, double chosen, double other) implements Change {

    @Override
    public void apply(double[] classes, int from, double[] after, int to) {
        for (int k = 0; k < numClasses; k++) {
            after[to + k] = classes[from] == k ? chosen : other;
        }
    }
}
