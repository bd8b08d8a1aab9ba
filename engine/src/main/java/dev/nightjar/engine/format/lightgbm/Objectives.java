package dev.nightjar.engine.format.lightgbm;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Link.Shape;
import java.util.List;

/** What objectives make of scores. */
final class Objectives {

    private Objectives() {}

    /** The link function of an objective such as {@code binary sigmoid:1}. */
    static Link link(String objective, String file) {
        List<String> words = List.of(objective.strip().split("\\s+"));
        return switch (words.getFirst()) {
            case "regression",
                    "regression_l2",
                    "l2",
                    "mean_squared_error",
                    "mse",
                    "regression_l1",
                    "huber",
                    "fair",
                    "quantile",
                    "mape" ->
                    words.contains("sqrt") ? Link.of(Shape.SIGNED_SQUARE) : Link.IDENTITY;
            case "lambdarank", "rank_xendcg", "custom", "none", "null" -> Link.IDENTITY;
            case "poisson", "gamma", "tweedie" -> Link.of(Shape.EXP);
            case "binary", "multiclassova" -> new Link(Shape.LOGISTIC, scale(words, file));
            case "cross_entropy", "xentropy" -> Link.of(Shape.LOGISTIC);
            case "cross_entropy_lambda", "xentlambda" -> Link.of(Shape.SOFTPLUS);
            case "multiclass", "softmax" -> Link.of(Shape.SOFTMAX);
            default ->
                    throw new ModelFormatException(
                            "%s: objective: expected one that LightGBM defines, found %s"
                                    .formatted(file, words.getFirst()));
        };
    }

    private static double scale(List<String> words, String file) {
        for (String word : words) {
            if (word.startsWith("sigmoid:")) {
                try {
                    return Double.parseDouble(word.substring("sigmoid:".length()));
                } catch (NumberFormatException e) {
                    throw new ModelFormatException(
                            "%s: objective: expected a number in %s, found none"
                                    .formatted(file, word));
                }
            }
        }
        return 1;
    }
}
