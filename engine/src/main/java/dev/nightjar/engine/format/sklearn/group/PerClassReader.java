package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.group.Beside;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.ArrayList;
import java.util.List;

/** One binary estimator a class, against the rest; of two classes, one for the second. */
public final class PerClassReader {
    private final PickledObject estimator;
    private final Members members;
    private final ClassLabels labels;

    /** Reads the state of an object. */
    public PerClassReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        members = new Members(estimator, all, "estimators_").ofEqualWidth();
        PickledObject binarizer = estimator.object("label_binarizer_");
        if (binarizer.optionalText("y_type_").orElse("").startsWith("multilabel")) {
            throw estimator.error(
                    "label_binarizer_",
                    "expected one class a row; several at a time are not supported");
        }
        labels = Labels.of(binarizer.array("classes_"));
        int expected = labels.size() == 2 ? 1 : labels.size();
        if (members.size() != expected) {
            throw estimator.error("estimators_", "expected %d estimators".formatted(expected));
        }
    }

    /** The model. */
    public TabularModel read() {
        List<RowFunction> scores = new ArrayList<>();
        List<RowFunction> shares = new ArrayList<>();
        boolean isDecided = true;
        for (int i = 0; i < members.size(); i++) {
            boolean hasShares = members.model(i).kinds().contains(PredictionKind.PROBABILITY);
            isDecided &= members.isDecided(i);
            if (hasShares) {
                shares.add(second(i));
            }
            scores.add(members.isDecided(i) ? members.asked(i, PredictionKind.RAW, 1) : second(i));
        }
        RowFunction all = new Beside(scores);
        RowFunction chosen =
                members.size() == 1
                        ? Changed.above(all, isDecided ? 0 : 0.5)
                        : Features.isSince(estimator, 9)
                                ? Changed.largest(all)
                                : lastOfLargest(all);
        ScoredModelBuilder builder =
                ScoredModelBuilder.labels(Features.title(estimator), chosen, labels).takesMissing();
        if (isDecided) {
            builder.raw(all);
        }
        if (shares.size() == members.size()) {
            RowFunction each = new Beside(shares);
            builder.probability(members.size() == 1 ? Changed.both(each) : divided(each));
        }
        return Features.build(estimator, builder);
    }

    private RowFunction second(int index) {
        return new Changed(
                members.shares(index, 2), 1, (s, from, after, to) -> after[to] = s[from + 1]);
    }

    /** Of equal scores, scikit-learn took the last one before 1.9. */
    private static RowFunction lastOfLargest(RowFunction scores) {
        int width = scores.numOutputs();
        return new Changed(
                scores,
                1,
                (s, from, after, to) -> {
                    int best = 0;
                    for (int k = 1; k < width; k++) {
                        best = s[from + k] >= s[from + best] ? k : best;
                    }
                    after[to] = best;
                });
    }

    private static RowFunction divided(RowFunction shares) {
        int width = shares.numOutputs();
        return new Changed(
                shares,
                width,
                (s, from, after, to) -> {
                    double sum = 0;
                    for (int k = 0; k < width; k++) {
                        sum += s[from + k];
                    }
                    for (int k = 0; k < width; k++) {
                        after[to + k] = sum == 0 ? 1.0 / width : s[from + k] / sum;
                    }
                });
    }
}
