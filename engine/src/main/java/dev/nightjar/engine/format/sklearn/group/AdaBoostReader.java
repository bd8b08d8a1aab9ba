package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.group.Ballots;
import dev.nightjar.engine.tabular.group.Beside;
import dev.nightjar.engine.tabular.group.BoostedLogs;
import dev.nightjar.engine.tabular.group.Mean;
import dev.nightjar.engine.tabular.group.WeightedMedian;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** AdaBoost: SAMME, SAMME.R, and the weighted median of regressors. */
public final class AdaBoostReader {
    private final PickledObject estimator;
    private final Members members;
    private final double[] weights;
    private final double total;

    /** Reads the state of an object. */
    public AdaBoostReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        members = new Members(estimator, all, "estimators_").ofEqualWidth();
        double[] found = estimator.array("estimator_weights_").numbers();
        if (found.length < members.size()) {
            throw estimator.error("estimator_weights_", "expected one for each estimator");
        }
        weights = Arrays.copyOf(found, members.size());
        total = Arrays.stream(found).sum();
    }

    /** A regressor. */
    public TabularModel regressor() {
        List<RowFunction> parts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            parts.add(members.value(i));
        }
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                                Features.title(estimator),
                                new Changed(new Beside(parts), 1, new WeightedMedian(weights)),
                                ValueType.FLOAT64)
                        .takesMissing());
    }

    /** A classifier. */
    public TabularModel classifier() {
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        int width = labels.size();
        boolean isReal = estimator.optionalText("algorithm").orElse("SAMME").equals("SAMME.R");
        RowFunction votes = isReal ? real(width) : discrete(labels);
        RowFunction raw = width == 2 ? difference(votes) : votes;
        // The softmax of both halves of a difference is the logistic function of it.
        RowFunction shares =
                width == 2
                        ? Changed.both(Changed.linked(raw, Link.of(Link.Shape.LOGISTIC)))
                        : Changed.linked(scaled(raw, width), Link.of(Link.Shape.SOFTMAX));
        return Features.build(
                estimator,
                ScoredModelBuilder.labels(Features.title(estimator), Changed.classOf(raw), labels)
                        .probability(shares)
                        .raw(raw)
                        .takesMissing());
    }

    private RowFunction real(int width) {
        List<RowFunction> parts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            parts.add(new Changed(members.shares(i, width), width, new BoostedLogs(width)));
        }
        double[] ones = new double[parts.size()];
        Arrays.fill(ones, 1);
        return new Mean(parts, ones, total);
    }

    private RowFunction discrete(ClassLabels labels) {
        int width = labels.size();
        // From 1.3 on, a vote counts against the other classes as well.
        double other = Features.isSince(estimator, 3) ? -1.0 / (width - 1) : 0;
        List<RowFunction> parts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            parts.add(new Changed(members.classes(i, labels), width, new Ballots(width, 1, other)));
        }
        return new Mean(parts, weights, total);
    }

    private static RowFunction difference(RowFunction votes) {
        return new Changed(
                votes, 1, (both, from, after, to) -> after[to] = both[from + 1] - both[from]);
    }

    private static RowFunction scaled(RowFunction scores, int width) {
        return new Changed(
                scores,
                width,
                (before, from, after, to) -> {
                    for (int k = 0; k < width; k++) {
                        after[to + k] = before[from + k] / (width - 1);
                    }
                });
    }
}
