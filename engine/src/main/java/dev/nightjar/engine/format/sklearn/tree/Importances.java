package dev.nightjar.engine.format.sklearn.tree;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How much each feature matters to trees, by what their splits improve. */
public final class Importances {

    private Importances() {}

    /** Those of a tree, a forest or gradient boosting; their sum is 1. */
    public static double[] of(PickledObject estimator) {
        int numFeatures = Features.count(estimator);
        boolean isBoosting = estimator.className().startsWith("GradientBoosting");
        List<double[]> all = new ArrayList<>();
        for (PickledObject tree : trees(estimator)) {
            TreeState state = new TreeState(tree);
            if (state.numNodes() > 1) {
                double[] one = state.importances(numFeatures);
                all.add(isBoosting ? one : normalized(one));
            }
        }
        double[] mean = new double[numFeatures];
        for (double[] one : all) {
            for (int f = 0; f < numFeatures; f++) {
                mean[f] += one[f] / all.size();
            }
        }
        return normalized(mean);
    }

    private static List<PickledObject> trees(PickledObject estimator) {
        if (estimator.optional("tree_").isPresent()) {
            return List.of(estimator);
        }
        List<PickledObject> trees = new ArrayList<>();
        for (PickleValue value : estimator.list("estimators_")) {
            trees.add(estimator.objectOf(value));
        }
        return trees;
    }

    private static double[] normalized(double[] sums) {
        double total = Arrays.stream(sums).sum();
        return Arrays.stream(sums).map(x -> total > 0 ? x / total : x).toArray();
    }
}
