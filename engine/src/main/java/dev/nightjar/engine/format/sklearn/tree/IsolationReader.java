package dev.nightjar.engine.format.sklearn.tree;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.score.Asked;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import dev.nightjar.engine.tabular.tree.model.TreeModelBuilder;
import java.util.List;

/**
 * An isolation forest: the sooner a row is alone in its leaf, the more it is an outlier. A leaf is
 * worth its depth and what it would take to part its training rows.
 */
public final class IsolationReader {
    private static final double EULER_GAMMA = 0.57721566490153286061;

    private final PickledObject estimator;

    /** Reads the state of an object. */
    public IsolationReader(PickledObject estimator) {
        this.estimator = estimator;
    }

    /** 1 for what is like the training rows, −1 for an outlier. */
    public TabularModel read() {
        RowFunction depths = new Asked(depths(), PredictionKind.RAW, 1);
        double full = trees().size() * path(estimator.number("_max_samples"));
        double offset = estimator.number("offset_");
        RowFunction score =
                new Changed(
                        depths,
                        1,
                        (sums, from, after, to) ->
                                after[to] =
                                        -Math.pow(2, full == 0 ? -1 : -sums[from] / full) - offset);
        RowFunction sign =
                new Changed(score, 1, (s, from, after, to) -> after[to] = s[from] < 0 ? -1 : 1);
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(Features.title(estimator), sign, ValueType.INT64)
                        .raw(score));
    }

    private List<PickleValue> trees() {
        return estimator.list("estimators_");
    }

    private TabularModel depths() {
        int numFeatures = Features.count(estimator);
        TreeEnsembleBuilder ensemble = new TreeEnsembleBuilder(estimator.file(), numFeatures, 1, 1);
        List<PickleValue> features = estimator.list("estimators_features_");
        List<PickleValue> trees = trees();
        if (trees.isEmpty() || features.size() != trees.size()) {
            throw estimator.error("estimators_", "expected trees with features, found others");
        }
        for (int i = 0; i < trees.size(); i++) {
            int[] columns =
                    estimator.integers("estimators_features_", features.get(i), 0, numFeatures - 1);
            TreeState tree = new TreeState(estimator.objectOf(trees.get(i)));
            ensemble.add(tree.depths(columns, IsolationReader::path));
        }
        Scoring scoring =
                new Scoring(new double[1], Aggregation.SUM, Precision.FLOAT, Precision.DOUBLE);
        return new TreeModelBuilder(Features.title(estimator), ensemble.build(), scoring).build();
    }

    /** Mean length of a search in a random tree of so many rows. */
    private static double path(double numRows) {
        if (numRows <= 1) {
            return 0;
        }
        return numRows == 2
                ? 1
                : 2 * (Math.log(numRows - 1) + EULER_GAMMA) - 2 * (numRows - 1) / numRows;
    }
}
