package dev.nightjar.engine.format.sklearn.tree;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.CategorySplit;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.NumericSplit;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.Tree;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import dev.nightjar.engine.tabular.tree.model.TreeModelBuilder;
import java.util.BitSet;
import java.util.List;

/**
 * Histogram-based boosting: {@code _predictors} is a list of iterations of trees, each records of
 * nodes and sets of 256 categories; a category that training did not see is missing.
 */
public final class HistReader {
    private static final int NUM_CATEGORIES = 256;

    private final PickledObject estimator;
    private final List<PickleValue> thresholds;

    /** Reads the state of an object. */
    public HistReader(PickledObject estimator) {
        this.estimator = estimator;
        thresholds = estimator.object("_bin_mapper").list("bin_thresholds_");
    }

    /** The model. */
    public TabularModel read() {
        int numOutputs = (int) estimator.number("n_trees_per_iteration_");
        double[] base =
                estimator.value("_baseline_prediction") instanceof PickleValue.PickleFloat number
                        ? new double[] {number.value()}
                        : estimator.array("_baseline_prediction").numbers();
        if (numOutputs < 1 || base.length != numOutputs) {
            throw estimator.error(
                    "_baseline_prediction",
                    "expected %d scores, found %d".formatted(numOutputs, base.length));
        }
        TreeEnsembleBuilder ensemble =
                new TreeEnsembleBuilder(estimator.file(), Features.count(estimator), numOutputs, 1);
        for (PickleValue iteration : estimator.list("_predictors")) {
            List<PickleValue> trees = estimator.elements("_predictors", iteration);
            for (int k = 0; k < trees.size(); k++) {
                ensemble.add(tree(estimator.objectOf(trees.get(k)), k));
            }
        }
        Scoring scoring = new Scoring(base, Aggregation.SUM, Precision.DOUBLE, Precision.DOUBLE);
        TreeModelBuilder builder =
                new TreeModelBuilder(
                                "scikit-learn " + estimator.className(), ensemble.build(), scoring)
                        .featureNames(Features.names(estimator))
                        .details(Features.details(estimator));
        if (estimator.className().endsWith("Classifier")) {
            Link.Shape shape = numOutputs == 1 ? Link.Shape.LOGISTIC : Link.Shape.SOFTMAX;
            builder.link(Link.of(shape)).labels(Labels.of(estimator.array("classes_")));
        } else {
            String loss = estimator.optionalText("loss").orElse("");
            boolean isLog = loss.equals("poisson") || loss.equals("gamma");
            builder.link(isLog ? Link.of(Link.Shape.EXP) : Link.IDENTITY);
        }
        return builder.build();
    }

    private Tree tree(PickledObject predictor, int group) {
        NumpyArray nodes = predictor.array("nodes");
        double[] left = nodes.field("left");
        double[] right = nodes.field("right");
        double[] feature = nodes.field("feature_idx");
        double[] threshold =
                nodes.field(nodes.hasField("num_threshold") ? "num_threshold" : "threshold");
        double[] missing = nodes.field("missing_go_to_left");
        double[] isLeaf = nodes.field("is_leaf");
        double[] value = nodes.field("value");
        double[] count = nodes.field("count");
        double[] isCategory =
                nodes.hasField("is_categorical")
                        ? nodes.field("is_categorical")
                        : new double[left.length];
        double[] set = nodes.hasField("bitset_idx") ? nodes.field("bitset_idx") : isCategory;
        double[] words =
                nodes.hasField("bitset_idx")
                        ? predictor.array("raw_left_cat_bitsets").numbers()
                        : new double[0];
        Tree tree = new Tree(estimator.file(), group, left.length);
        for (int i = 0; i < left.length; i++) {
            tree.cover(i, count[i]);
            if (isLeaf[i] != 0) {
                tree.leaf(i, i, value[i]);
            } else if (isCategory[i] != 0) {
                CategorySplit split =
                        categories(words, (int) set[i], (int) feature[i], missing[i] != 0);
                tree.split(i, split, (int) left[i], (int) right[i]);
            } else {
                NumericSplit split =
                        new NumericSplit(
                                (int) feature[i], threshold[i], Missing.NAN, missing[i] != 0);
                tree.split(i, split, (int) left[i], (int) right[i]);
            }
        }
        return tree;
    }

    private CategorySplit categories(double[] words, int set, int feature, boolean isDefaultLeft) {
        int width = NUM_CATEGORIES / 32;
        if (set < 0
                || (set + 1L) * width > words.length
                || feature < 0
                || feature >= thresholds.size()) {
            throw estimator.error(
                    "raw_left_cat_bitsets", "expected a set for each categorical split");
        }
        BitSet known = new BitSet();
        for (double category : estimator.arrayOf(thresholds.get(feature)).numbers()) {
            if (category >= 0 && category < NUM_CATEGORIES) {
                known.set((int) category);
            }
        }
        BitSet left = new BitSet(NUM_CATEGORIES);
        for (int c = 0; c < NUM_CATEGORIES; c++) {
            boolean isIn = ((long) words[set * width + c / 32] >>> c % 32 & 1) != 0;
            left.set(c, isIn || !known.get(c) && isDefaultLeft);
        }
        return new CategorySplit(
                feature, left, NUM_CATEGORIES, isDefaultLeft, isDefaultLeft, false);
    }
}
