package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.group.Ballots;
import dev.nightjar.engine.tabular.group.Mean;
import dev.nightjar.engine.tabular.score.Asked;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.ArrayList;
import java.util.List;

/** The mean of estimators that were fitted on samples of the rows and of the features. */
public final class BaggingReader {
    private final PickledObject estimator;
    private final Members members;
    private final List<PickleValue> features;
    private final int numFeatures;

    /** Reads the state of an object. */
    public BaggingReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        members = new Members(estimator, all, "estimators_");
        features = estimator.list("estimators_features_");
        numFeatures = Features.count(estimator);
        if (features.size() != members.size()) {
            throw estimator.error("estimators_features_", "expected one for each estimator");
        }
    }

    private RowFunction on(int index, RowFunction inner) {
        int[] columns =
                estimator.integers("estimators_features_", features.get(index), 0, numFeatures - 1);
        if (columns.length != inner.numInputs()) {
            throw estimator.error("estimators_features_", "expected the estimator's features");
        }
        return Members.on(inner, numFeatures, columns);
    }

    /** A regressor. */
    public TabularModel regressor() {
        List<RowFunction> parts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            parts.add(on(i, members.value(i)));
        }
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                                Features.title(estimator), Mean.of(parts), ValueType.FLOAT64)
                        .takesMissing());
    }

    /** A classifier, whose members know classes by their numbers. */
    public TabularModel classifier() {
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        List<RowFunction> parts = new ArrayList<>();
        List<RowFunction> scores = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            parts.add(on(i, shares(i, labels.size())));
            int width = labels.size() == 2 ? 1 : labels.size();
            // One that was fitted on rows of fewer classes has fewer scores.
            if (members.isDecided(i)
                    && Asked.width(members.model(i), PredictionKind.RAW) == width) {
                scores.add(on(i, members.asked(i, PredictionKind.RAW, width)));
            }
        }
        ScoredModelBuilder builder =
                ScoredModelBuilder.likeliest(Features.title(estimator), Mean.of(parts), labels)
                        .takesMissing();
        if (scores.size() == parts.size()) {
            builder.raw(Mean.of(scores));
        }
        return Features.build(estimator, builder);
    }

    private RowFunction shares(int index, int width) {
        return members.model(index).kinds().contains(PredictionKind.PROBABILITY)
                ? members.shares(index, width)
                : new Changed(
                        members.classes(index, ClassLabels.counting(width)),
                        width,
                        new Ballots(width, 1, 0));
    }
}
