package dev.nightjar.engine.tabular.tree.model;

import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.TabularSchema;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.engine.tabular.tree.explain.TreeShap;
import dev.nightjar.engine.tabular.tree.score.Scorer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A tree ensemble with its link function: what boosting libraries save. */
public final class TreeModel implements TabularModel {
    private final String description;
    private final TreeEnsemble trees;
    private final Scoring scoring;
    private final Link link;
    private final List<String> featureNames;
    private final Optional<ClassLabels> labels;
    private final boolean isLabelled;
    private final Map<String, String> details;
    private final Scorer scorer;
    private final Set<PredictionKind> kinds;

    TreeModel(TreeModelBuilder builder) {
        description = builder.description;
        trees = builder.trees;
        scoring = builder.scoring;
        link = builder.link;
        featureNames = builder.featureNames;
        labels = builder.labels;
        isLabelled = builder.isLabelled;
        details = builder.details;
        scorer = Scorer.of(trees, scoring);
        kinds = Collections.unmodifiableSet(findKinds());
    }

    /** The trees. */
    public TreeEnsemble trees() {
        return trees;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int numFeatures() {
        return trees.numFeatures();
    }

    @Override
    public List<String> featureNames() {
        return featureNames;
    }

    @Override
    public TabularSchema schema() {
        ValueType type = scoring.sum().type();
        return isLabelled
                ? TabularSchema.matrix(
                        ValueType.FLOAT64, numFeatures(), labels.orElseThrow().type(), 1)
                : TabularSchema.matrix(ValueType.FLOAT64, numFeatures(), type, trees.numOutputs());
    }

    @Override
    public Set<PredictionKind> kinds() {
        return kinds;
    }

    private Set<PredictionKind> findKinds() {
        Set<PredictionKind> all =
                EnumSet.of(PredictionKind.VALUE, PredictionKind.RAW, PredictionKind.LEAVES);
        if (link.isProbability()) {
            all.add(PredictionKind.PROBABILITY);
        }
        if (TreeShap.canExplain(trees, scoring)) {
            all.add(PredictionKind.CONTRIBUTIONS);
        }
        return all;
    }

    @Override
    public Map<String, String> details() {
        Map<String, String> all = new LinkedHashMap<>(details);
        all.put("trees", Integer.toString(trees.numTrees()));
        all.put("nodes", Integer.toString(trees.numNodes()));
        all.put("depth", Integer.toString(trees.maxDepth()));
        all.put("outputs", Integer.toString(trees.numOutputs()));
        all.put("link", link.shape().name().toLowerCase(Locale.ROOT));
        return all;
    }

    @Override
    public Predictions predict(Table table, PredictionKind kind) {
        check(table, kind);
        TabularModel.requireNumbers(table);
        double[] rows = table.numbers();
        return switch (kind) {
            case LEAVES -> leaves(rounded(rows), table.numRows());
            case CONTRIBUTIONS -> contributions(rounded(rows), table.numRows());
            case RAW -> numbers(table.numRows(), scores(rows, table.numRows()));
            case PROBABILITY -> probabilities(linked(rows, table.numRows()), table.numRows());
            case VALUE -> value(rows, table.numRows());
        };
    }

    private double[] rounded(double[] rows) {
        return Scorer.rounded(rows, scoring.input());
    }

    private double[] scores(double[] rows, int numRows) {
        return scorer.scores(rows, numRows, trees.numOutputs(), trees.numTrees());
    }

    private double[] linked(double[] rows, int numRows) {
        double[] scores = scores(rows, numRows);
        if (scoring.aggregation() == Aggregation.SUM_THEN_MEAN) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = scoring.sum().round(scores[i] / trees.treesPerOutput());
            }
        }
        for (int r = 0; r < numRows; r++) {
            link.apply(scores, r * trees.numOutputs(), trees.numOutputs(), scoring.sum());
        }
        return scores;
    }

    private Predictions value(double[] rows, int numRows) {
        double[] linked = linked(rows, numRows);
        if (!isLabelled) {
            return numbers(numRows, linked);
        }
        Predictions probabilities = probabilities(linked, numRows);
        return labels.orElseThrow().ofLargest(probabilities.values(), numRows);
    }

    /** Of two classes a library keeps one probability; the other's is what is left. */
    private Predictions probabilities(double[] linked, int numRows) {
        if (trees.numOutputs() > 1) {
            return numbers(numRows, linked);
        }
        double[] both = new double[numRows * 2];
        for (int r = 0; r < numRows; r++) {
            both[2 * r] = scoring.sum().round(1 - linked[r]);
            both[2 * r + 1] = linked[r];
        }
        return Predictions.of(numRows, 2, scoring.sum().type(), both);
    }

    private Predictions numbers(int numRows, double[] values) {
        return Predictions.of(numRows, trees.numOutputs(), scoring.sum().type(), values);
    }

    private Predictions leaves(double[] rows, int numRows) {
        double[] reached = new double[numRows * trees.numTrees()];
        for (int r = 0; r < numRows; r++) {
            for (int t = 0; t < trees.numTrees(); t++) {
                int leaf = trees.leaf(t, rows, r * numFeatures());
                reached[r * trees.numTrees() + t] = trees.leafLabels()[leaf];
            }
        }
        return Predictions.of(numRows, trees.numTrees(), ValueType.INT32, reached);
    }

    private Predictions contributions(double[] rows, int numRows) {
        TreeShap shap = new TreeShap(trees, scoring);
        int width = trees.numOutputs() * (numFeatures() + 1);
        double[] all = new double[numRows * width];
        for (int r = 0; r < numRows; r++) {
            shap.explain(rows, r * numFeatures(), all, r * width);
        }
        return Predictions.of(numRows, width, ValueType.FLOAT64, all);
    }
}
