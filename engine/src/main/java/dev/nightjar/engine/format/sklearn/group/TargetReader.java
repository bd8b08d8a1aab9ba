package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.NamedFunctions;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.function.DoubleUnaryOperator;

/** A regressor of a changed target, which is changed back. */
public final class TargetReader {
    private final PickledObject estimator;
    private final Members member;

    /** Reads the state of an object. */
    public TargetReader(PickledObject estimator, Estimators all) {
        this.estimator = estimator;
        member = new Members(estimator, all, estimator.value("regressor_"), "regressor_");
    }

    /** The model, of one target. */
    public TabularModel read() {
        DoubleUnaryOperator back = back(estimator.object("transformer_"));
        RowFunction value =
                new Changed(
                        member.value(0),
                        1,
                        (s, from, after, to) -> after[to] = back.applyAsDouble(s[from]));
        return Features.build(
                estimator,
                ScoredModelBuilder.numbers(Features.title(estimator), value, ValueType.FLOAT64)
                        .takesMissing());
    }

    private static DoubleUnaryOperator back(PickledObject change) {
        return switch (change.className()) {
            case "FunctionTransformer" ->
                    change.optional("inverse_func")
                            .map(function -> NamedFunctions.of(change, "inverse_func", function))
                            .orElse(DoubleUnaryOperator.identity());
            case "StandardScaler" -> affine(one(change, "scale_", 1), one(change, "mean_", 0));
            case "RobustScaler" -> affine(one(change, "scale_", 1), one(change, "center_", 0));
            case "MaxAbsScaler" -> affine(one(change, "scale_", 1), 0);
            case "MinMaxScaler" -> {
                double low = one(change, "min_", 0);
                double scale = one(change, "scale_", 1);
                yield y -> (y - low) / scale;
            }
            default ->
                    throw change.error(
                            "inverse_transform",
                            "expected a scaler or a function of numpy, found %s, which is not"
                                            .formatted(change.qualifiedName())
                                    + " supported");
        };
    }

    private static DoubleUnaryOperator affine(double scale, double offset) {
        return y -> y * scale + offset;
    }

    private static double one(PickledObject change, String name, double otherwise) {
        return change.optional(name).isPresent() ? change.numbers(name, 1)[0] : otherwise;
    }
}
