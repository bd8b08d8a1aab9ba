package dev.nightjar.engine.format.sklearn.linear;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.score.Asked;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;

/** Stochastic gradient descent: all losses are linear, modified Huber has shares of its own. */
public final class MarginReader {
    private final PickledObject estimator;

    /** Reads the state of an object. */
    public MarginReader(PickledObject estimator) {
        this.estimator = estimator;
    }

    /** The classifier. */
    public TabularModel read() {
        TabularModel linear = new LinearReader(estimator, true).read();
        if (!estimator.optionalText("loss").orElse("").equals("modified_huber")) {
            return linear;
        }
        ClassLabels labels = Labels.of(estimator.array("classes_"));
        int width = Asked.width(linear, PredictionKind.RAW);
        RowFunction raw = new Asked(linear, PredictionKind.RAW, width);
        RowFunction halves =
                new Changed(
                        raw,
                        width,
                        (scores, from, after, to) -> {
                            for (int k = 0; k < width; k++) {
                                after[to + k] = (Math.clamp(scores[from + k], -1, 1) + 1) / 2;
                            }
                        });
        RowFunction shares =
                width == 1
                        ? Changed.both(halves)
                        : new Changed(halves, width, MarginReader.divided(width));
        return Features.build(
                estimator,
                ScoredModelBuilder.labels(Features.title(estimator), Changed.classOf(raw), labels)
                        .probability(shares)
                        .raw(raw));
    }

    /** Each number's share of their sum; equal shares of zeros. */
    private static Changed.Change divided(int width) {
        return (numbers, from, after, to) -> {
            double sum = 0;
            for (int k = 0; k < width; k++) {
                sum += numbers[from + k];
            }
            for (int k = 0; k < width; k++) {
                after[to + k] = sum == 0 ? 1.0 / width : numbers[from + k] / sum;
            }
        };
    }
}
