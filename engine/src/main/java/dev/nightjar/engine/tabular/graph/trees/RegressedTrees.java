package dev.nightjar.engine.tabular.graph.trees;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Value;
import dev.nightjar.engine.tabular.graph.estimator.PostTransform;
import java.util.List;

/** Scores of trees as numbers. */
public final class RegressedTrees implements TreeFinish {
    private final double[] base;
    private final PostTransform transform;

    /**
     * Numbers.
     *
     * @param base added to the scores, one an output, or none
     */
    public RegressedTrees(double[] base, int numOutputs, PostTransform transform) {
        if (base.length != 0 && base.length != numOutputs) {
            throw new ModelFormatException(
                    "expected base_values of %d outputs or none, found %d"
                            .formatted(numOutputs, base.length));
        }
        this.base = base;
        this.transform = transform;
    }

    @Override
    public List<Value> run(NumberArray sums, Precision precision, Budget budget) {
        int outputs = sums.shape().size(1);
        double[] scores = sums.numbers();
        for (int i = 0; i < scores.length && base.length > 0; i++) {
            scores[i] = precision.round(scores[i] + base[i % outputs]);
        }
        for (int r = 0; r < sums.shape().size(0); r++) {
            transform.apply(scores, r * outputs, outputs);
        }
        return List.of(sums);
    }
}
