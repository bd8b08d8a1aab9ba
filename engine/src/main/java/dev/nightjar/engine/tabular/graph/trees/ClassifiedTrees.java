package dev.nightjar.engine.tabular.graph.trees;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Value;
import dev.nightjar.engine.tabular.graph.estimator.Classes;
import dev.nightjar.engine.tabular.graph.estimator.PostTransform;
import dev.nightjar.engine.tabular.graph.estimator.TwoClasses;
import java.util.List;

/**
 * Scores of trees as labels and one score a class. Two classes are a case of their own, which the
 * standard leaves open and ONNX Runtime decides: where trees vote for one class only, its score is
 * that of the second class; it wins above one half if all votes are positive, else above zero.
 * Where there are votes for both, the larger score wins, as the standard says.
 */
public final class ClassifiedTrees implements TreeFinish {
    private final Classes classes;
    private final double[] base;
    private final PostTransform transform;
    private final boolean[] isVotedFor;
    private final boolean isPositive;
    private final boolean isOne;

    /**
     * Labels.
     *
     * @param base added to the scores: one a class that there are votes for, or none
     * @param isVotedFor for which classes there are votes
     * @param isPositive whether no vote is negative
     */
    public ClassifiedTrees(
            Classes classes,
            double[] base,
            PostTransform transform,
            boolean[] isVotedFor,
            boolean isPositive) {
        int count = classes.count();
        isOne = count == 2 && isVotedFor[0] != isVotedFor[1];
        boolean fits = base.length == 0 || base.length == (isOne ? 1 : count);
        if (!fits || count < 2) {
            throw new ModelFormatException(
                    "expected two or more classes, and base_values for those that trees vote for"
                            + " or none, found %d and %d".formatted(count, base.length));
        }
        this.classes = classes;
        this.base = base;
        this.transform = transform;
        this.isVotedFor = isVotedFor.clone();
        this.isPositive = isPositive;
    }

    @Override
    public List<Value> run(NumberArray sums, Precision precision, Budget budget) {
        int numRows = sums.shape().size(0);
        int count = classes.count();
        int[] chosen = new int[numRows];
        for (int r = 0; r < numRows; r++) {
            chosen[r] =
                    isOne
                            ? one(sums.numbers(), r * 2, precision)
                            : many(sums.numbers(), r * count, precision);
        }
        return List.of(classes.of(chosen, budget), sums);
    }

    private int many(double[] scores, int at, Precision precision) {
        int count = classes.count();
        int best = -1;
        for (int k = 0; k < count; k++) {
            if (base.length > 0) {
                scores[at + k] = precision.round(scores[at + k] + base[k]);
            }
            boolean isCandidate = isVotedFor[k] || base.length > 0;
            if (isCandidate && (best < 0 || scores[at + k] > scores[at + best])) {
                best = k;
            }
        }
        transform.apply(scores, at, count);
        return Math.max(best, 0);
    }

    /** Votes for one of two classes. */
    private int one(double[] scores, int at, Precision precision) {
        if (base.length == 1) {
            scores[at] = precision.round(scores[at] + base[0]);
        }
        boolean isSecond = isVotedFor[1];
        double score = scores[at + (isSecond ? 1 : 0)];
        if (isSecond) {
            transform.apply(scores, at, 2);
        } else {
            spread(scores, at);
        }
        return score > (isPositive ? 0.5 : 0) ? 1 : 0;
    }

    /** One score becomes two. */
    private void spread(double[] scores, int at) {
        double score = scores[at];
        if (isPositive) {
            scores[at] = (float) (1 - score);
            scores[at + 1] = (float) score;
        } else if (transform == PostTransform.LOGISTIC) {
            scores[at] = (float) TwoClasses.logistic(-score);
            scores[at + 1] = (float) TwoClasses.logistic(score);
        } else {
            scores[at] = (float) -score;
            scores[at + 1] = (float) score;
        }
    }
}
