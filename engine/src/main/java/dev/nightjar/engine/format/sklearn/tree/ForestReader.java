package dev.nightjar.engine.format.sklearn.tree;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import dev.nightjar.engine.tabular.tree.model.TreeModelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tree, or a forest of them: the mean of the leaves. Leaves of classifiers are shares of the
 * classes; before 1.3 they are counts.
 */
public final class ForestReader {
    private final PickledObject estimator;
    private final boolean isClassifier;

    /** Reads the state of an object. */
    public ForestReader(PickledObject estimator) {
        this.estimator = estimator;
        isClassifier = estimator.className().endsWith("Classifier");
    }

    /** The model. */
    public TabularModel read() {
        List<TreeState> trees = new ArrayList<>();
        if (estimator.optional("tree_").isPresent()) {
            trees.add(new TreeState(estimator));
        } else {
            for (PickleValue tree : estimator.list("estimators_")) {
                trees.add(new TreeState(estimator.objectOf(tree)));
            }
        }
        if (trees.isEmpty()) {
            throw estimator.error("estimators_", "expected trees, found none");
        }
        Optional<ClassLabels> labels =
                isClassifier
                        ? Optional.of(Labels.of(estimator.array("classes_")))
                        : Optional.empty();
        int width = trees.getFirst().width();
        if (isClassifier && width != labels.orElseThrow().size()) {
            throw estimator.error(
                    "classes_",
                    "expected one output with %d classes, found %d"
                            .formatted(width, labels.orElseThrow().size()));
        }
        TreeEnsembleBuilder ensemble =
                new TreeEnsembleBuilder(estimator.file(), Features.count(estimator), width, width);
        for (TreeState tree : trees) {
            ensemble.add(tree.tree(0, isClassifier ? ForestReader::shares : values -> values));
        }
        Scoring scoring =
                new Scoring(
                        new double[width], Aggregation.AVERAGE, Precision.FLOAT, Precision.DOUBLE);
        TreeModelBuilder builder =
                new TreeModelBuilder(
                                "scikit-learn " + estimator.className(), ensemble.build(), scoring)
                        .featureNames(Features.names(estimator))
                        .details(Features.details(estimator));
        if (isClassifier) {
            builder.link(Link.of(Link.Shape.PROBABILITY)).labels(labels.orElseThrow());
        }
        return builder.build();
    }

    private static double[] shares(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double[] shares = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            shares[k] = sum == 0 ? 0 : weights[k] / sum;
        }
        return shares;
    }
}
