package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.group.Ballots;
import dev.nightjar.engine.tabular.group.Mean;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Votes, or the mean, of estimators that were fitted beside each other. */
public final class VotingReader {
    private final PickledObject estimator;
    private final Members members;
    private final double[] weights;

    /** Reads the state of an object. */
    public VotingReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        members = new Members(estimator, all, "estimators_").ofEqualWidth();
        weights = weights();
    }

    /** Weights of those that were not dropped. */
    private double[] weights() {
        double[] ones = new double[members.size()];
        Arrays.fill(ones, 1);
        if (estimator.optional("weights").isEmpty()) {
            return ones;
        }
        List<PickleValue> all = estimator.list("weights");
        List<List<PickleValue>> named = estimator.tuples("estimators", 2);
        List<Double> kept = new ArrayList<>();
        for (int i = 0; i < Math.min(all.size(), named.size()); i++) {
            boolean isDropped =
                    named.get(i).get(1) instanceof PickleValue.PickleText
                            || named.get(i).get(1) == PickleValue.PickleNone.NONE;
            if (!isDropped) {
                kept.add(estimator.number("weights", all.get(i)));
            }
        }
        if (kept.size() != ones.length) {
            throw estimator.error("weights", "expected one for each estimator");
        }
        return kept.stream().mapToDouble(x -> x).toArray();
    }

    /** The mean. */
    public TabularModel regressor() {
        List<RowFunction> parts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            parts.add(members.value(i));
        }
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                                Features.title(estimator),
                                Mean.of(parts, weights),
                                ValueType.FLOAT64)
                        .takesMissing());
    }

    /** Votes, or the largest mean of probabilities. Members know classes by their numbers. */
    public TabularModel classifier() {
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        int width = labels.size();
        List<RowFunction> parts = new ArrayList<>();
        boolean isHard = estimator.oneOf("voting", "hard", "soft").equals("hard");
        for (int i = 0; i < members.size(); i++) {
            parts.add(
                    isHard
                            ? new Changed(
                                    members.classes(i, ClassLabels.counting(width)),
                                    width,
                                    new Ballots(width, 1, 0))
                            : members.shares(i, width));
        }
        RowFunction mean = Mean.of(parts, weights);
        ScoredModelBuilder builder =
                ScoredModelBuilder.labels(Features.title(estimator), Changed.largest(mean), labels);
        if (!isHard) {
            builder.probability(mean);
        }
        return Features.build(estimator, builder.takesMissing());
    }
}
