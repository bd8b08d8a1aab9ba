package dev.nightjar.engine.tabular.graph.estimator;

import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;

/** What happens to scores at last. */
public enum PostTransform {
    NONE(Link.Shape.IDENTITY),
    SOFTMAX(Link.Shape.SOFTMAX),
    LOGISTIC(Link.Shape.LOGISTIC),
    SOFTMAX_ZERO(Link.Shape.SOFTMAX_ZERO),
    PROBIT(Link.Shape.PROBIT);

    private final Link link;

    PostTransform(Link.Shape shape) {
        link = Link.of(shape);
    }

    /** Changes the scores of one row in place, and rounds them to float. */
    public void apply(double[] scores, int offset, int width) {
        link.apply(scores, offset, width, Precision.FLOAT);
        for (int i = offset; i < offset + width; i++) {
            scores[i] = (float) scores[i];
        }
    }
}
