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
import dev.nightjar.engine.tabular.svm.PairwiseDecision;
import dev.nightjar.engine.tabular.svm.Votes;
import java.util.ArrayList;
import java.util.List;

/** One binary estimator a pair of classes; what each says is a vote. */
public final class PairsReader {
    private final PickledObject estimator;
    private final Members members;
    private final ClassLabels labels;

    /** Reads the state of an object. */
    public PairsReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        members = new Members(estimator, all, "estimators_").ofEqualWidth();
        labels = Labels.of(estimator.array("classes_"));
        if (estimator.optional("pairwise_indices_").isPresent()) {
            throw estimator.error("pairwise_indices_", "expected none, found some");
        }
        if (labels.size() < 2 || members.size() != PairwiseDecision.numPairs(labels.size())) {
            throw estimator.error("estimators_", "expected one for each pair of classes");
        }
    }

    /** The model. */
    public TabularModel read() {
        List<RowFunction> scores = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if (!members.isDecided(i)) {
                throw estimator.error(
                        "estimators_",
                        "expected estimators with a decision function, found "
                                + members.model(i).description());
            }
            scores.add(members.asked(i, PredictionKind.RAW, 1));
        }
        RowFunction second = new Beside(scores);
        int width = scores.size();
        // Of a pair, a score above 0 is for the second class; votes take it for the first.
        RowFunction first =
                new Changed(
                        second,
                        width,
                        (s, from, after, to) -> {
                            for (int k = 0; k < width; k++) {
                                after[to + k] = -s[from + k];
                            }
                        });
        int numClasses = labels.size();
        RowFunction votes = new Changed(first, numClasses, Votes.perClass(numClasses));
        RowFunction raw =
                numClasses == 2
                        ? new Changed(votes, 1, (s, from, after, to) -> after[to] = s[from + 1])
                        : votes;
        return Features.build(
                estimator,
                ScoredModelBuilder.labels(Features.title(estimator), Changed.classOf(raw), labels)
                        .raw(raw)
                        .takesMissing());
    }
}
