package dev.nightjar.engine.format.xgboost;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Link.Shape;

/**
 * What an objective makes of scores.
 *
 * @param name as XGBoost has it
 * @param link from scores to predictions
 * @param isLogit whether the base score is given as a probability
 * @param isLog whether it is given before its logarithm
 */
record Objective(String name, Link link, boolean isLogit, boolean isLog) {

    /** The objective of a name. */
    static Objective named(String name, String file) {
        return switch (name) {
            case "reg:squarederror",
                    "reg:linear",
                    "reg:squaredlogerror",
                    "reg:pseudohubererror",
                    "reg:absoluteerror",
                    "reg:quantileerror",
                    "reg:expectileerror",
                    "rank:pairwise",
                    "rank:ndcg",
                    "rank:map" ->
                    new Objective(name, Link.IDENTITY, false, false);
            case "reg:logistic", "binary:logistic" ->
                    new Objective(name, Link.of(Shape.LOGISTIC), true, false);
            case "binary:logitraw" -> new Objective(name, Link.IDENTITY, false, false);
            case "binary:hinge" -> new Objective(name, Link.of(Shape.STEP), false, false);
            case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft" ->
                    new Objective(name, Link.of(Shape.EXP), false, true);
            case "multi:softmax", "multi:softprob" ->
                    new Objective(name, Link.of(Shape.SOFTMAX), false, false);
            default ->
                    throw new ModelFormatException(
                            "%s: expected an objective that XGBoost defines, found %s; a model of"
                                            .formatted(file, name)
                                    + " an objective of one's own must be saved with a known one");
        };
    }

    /** Where scores begin, in float. */
    double margin(double base) {
        if (isLogit) {
            return (float) -Math.log(1.0 / base - 1.0);
        }
        return isLog ? (float) Math.log(base) : (float) base;
    }

    boolean predictsClasses() {
        return name.equals("multi:softmax");
    }
}
