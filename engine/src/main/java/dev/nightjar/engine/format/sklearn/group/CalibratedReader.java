package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.group.Mean;
import dev.nightjar.engine.tabular.group.Steps;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Classifiers whose scores go through a function a class, logistic or by steps, to become
 * probabilities.
 */
public final class CalibratedReader {
    private final PickledObject estimator;
    private final Estimators all;
    private final ClassLabels labels;

    /** Reads the state of an object. */
    public CalibratedReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        this.all = all;
        labels = Labels.of(estimator.array("classes_"));
    }

    /** The model. */
    public TabularModel read() {
        List<RowFunction> parts = new ArrayList<>();
        for (PickleValue value : estimator.list("calibrated_classifiers_")) {
            RowFunction part = calibrated(estimator.objectOf(value));
            if (!parts.isEmpty() && part.numInputs() != parts.getFirst().numInputs()) {
                throw estimator.error(
                        "calibrated_classifiers_", "expected estimators of equally many features");
            }
            parts.add(part);
        }
        if (parts.isEmpty()) {
            throw estimator.error("calibrated_classifiers_", "expected classifiers, found none");
        }
        return Features.build(
                estimator,
                ScoredModelBuilder.likeliest(Features.title(estimator), Mean.of(parts), labels)
                        .takesMissing());
    }

    private RowFunction calibrated(PickledObject classifier) {
        String name = classifier.optional("estimator").isPresent() ? "estimator" : "base_estimator";
        Members member = new Members(classifier, all, classifier.value(name), name);
        String calibrators =
                classifier.optional("calibrators").isPresent() ? "calibrators" : "calibrators_";
        List<DoubleUnaryOperator> functions =
                classifier.list(calibrators).stream()
                        .map(value -> function(classifier.objectOf(value)))
                        .toList();
        int width = labels.size();
        if (functions.size() != (width == 2 ? 1 : width)) {
            throw classifier.error(calibrators, "expected a function for each class");
        }
        return new Changed(scores(member), width, change(functions, width));
    }

    private RowFunction scores(Members member) {
        int width = labels.size();
        if (member.isDecided(0)) {
            return member.asked(0, PredictionKind.RAW, width == 2 ? 1 : width);
        }
        RowFunction shares = member.shares(0, width);
        return width == 2
                ? new Changed(shares, 1, (s, from, after, to) -> after[to] = s[from + 1])
                : shares;
    }

    private static DoubleUnaryOperator function(PickledObject calibrator) {
        if (calibrator.className().equals("_SigmoidCalibration")) {
            double slope = calibrator.number("a_");
            double offset = calibrator.number("b_");
            return x -> 1 / (1 + Math.exp(slope * x + offset));
        }
        if (!calibrator.className().equals("IsotonicRegression")) {
            throw calibrator.error(
                    "class",
                    "expected sigmoid or isotonic calibration, found "
                            + calibrator.qualifiedName());
        }
        return steps(calibrator)::at;
    }

    /** The function of an isotonic regression. */
    static Steps steps(PickledObject isotonic) {
        isotonic.oneOf("out_of_bounds", "clip");
        double[] points = isotonic.array("X_thresholds_").numbers();
        double[] values = isotonic.numbers("y_thresholds_", points.length);
        if (points.length == 0) {
            throw isotonic.error("X_thresholds_", "expected points, found none");
        }
        return new Steps(points, values);
    }

    private static Changed.Change change(List<DoubleUnaryOperator> functions, int width) {
        return (scores, from, after, to) -> {
            if (width == 2) {
                after[to + 1] = functions.getFirst().applyAsDouble(scores[from]);
                after[to] = 1 - after[to + 1];
                return;
            }
            double sum = 0;
            for (int k = 0; k < width; k++) {
                after[to + k] = functions.get(k).applyAsDouble(scores[from + k]);
                sum += after[to + k];
            }
            for (int k = 0; k < width; k++) {
                after[to + k] = sum == 0 ? 1.0 / width : after[to + k] / sum;
            }
        };
    }
}
