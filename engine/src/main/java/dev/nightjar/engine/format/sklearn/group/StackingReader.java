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
import dev.nightjar.engine.tabular.group.Behind;
import dev.nightjar.engine.tabular.group.Beside;
import dev.nightjar.engine.tabular.score.Asked;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.ArrayList;
import java.util.List;

/** An estimator on what other estimators say, {@code stack_method_}, and perhaps the features. */
public final class StackingReader {
    private final PickledObject estimator;
    private final Members members;
    private final TabularModel last;

    /** Reads the state of an object. */
    public StackingReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        members = new Members(estimator, all, "estimators_").ofEqualWidth();
        last = all.model(estimator.value("final_estimator_"));
    }

    private RowFunction inputs(int numClasses) {
        List<PickleValue> methods = estimator.list("stack_method_");
        if (methods.size() != members.size()) {
            throw estimator.error("stack_method_", "expected one for each estimator");
        }
        List<RowFunction> parts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            String method = estimator.textOf("stack_method_", methods.get(i));
            parts.add(
                    switch (method) {
                        case "predict_proba" -> shares(i, numClasses);
                        case "decision_function" ->
                                members.asked(
                                        i, PredictionKind.RAW, numClasses == 2 ? 1 : numClasses);
                        case "predict" ->
                                numClasses == 0
                                        ? members.value(i)
                                        : members.classes(i, ClassLabels.counting(numClasses));
                        default ->
                                throw estimator.error(
                                        "stack_method_",
                                        "expected a method of estimators, found " + method);
                    });
        }
        if (estimator.flag("passthrough", false)) {
            parts.add(new dev.nightjar.engine.tabular.group.Features(parts.getFirst().numInputs()));
        }
        Beside all = new Beside(parts);
        if (all.numOutputs() != last.numFeatures()) {
            throw estimator.error(
                    "final_estimator_",
                    "expected one of %d features, found %d"
                            .formatted(all.numOutputs(), last.numFeatures()));
        }
        return all;
    }

    /** Probabilities without the first of two, which follows from the second. */
    private RowFunction shares(int index, int numClasses) {
        RowFunction shares = members.shares(index, numClasses);
        return numClasses == 2
                ? new Changed(shares, 1, (s, from, after, to) -> after[to] = s[from + 1])
                : shares;
    }

    private RowFunction asked(PredictionKind kind, int width) {
        int found = Asked.width(last, kind);
        if (found != width) {
            throw estimator.error(
                    "final_estimator_",
                    "expected one that gives %d numbers, found %d".formatted(width, found));
        }
        return new Asked(last, kind, width);
    }

    /** A regressor. */
    public TabularModel regressor() {
        RowFunction value = asked(PredictionKind.VALUE, 1);
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(
                                Features.title(estimator),
                                new Behind(inputs(0), value),
                                ValueType.FLOAT64)
                        .takesMissing());
    }

    /** A classifier, whose members know classes by their numbers. */
    public TabularModel classifier() {
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        int width = labels.size();
        RowFunction inputs = inputs(width);
        RowFunction chosen = Asked.classOf(last, ClassLabels.counting(width));
        ScoredModelBuilder builder =
                ScoredModelBuilder.labels(
                                Features.title(estimator), new Behind(inputs, chosen), labels)
                        .takesMissing();
        if (last.kinds().contains(PredictionKind.PROBABILITY)) {
            builder.probability(new Behind(inputs, asked(PredictionKind.PROBABILITY, width)));
        }
        return Features.build(estimator, builder);
    }
}
