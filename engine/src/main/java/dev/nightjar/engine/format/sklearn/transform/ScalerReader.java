package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.transform.Affine;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Scalers: each feature moved and stretched. */
public final class ScalerReader {
    private final PickledObject step;
    private final int width;

    /** Reads the state of an object. */
    public ScalerReader(PickledObject step) {
        this.step = step;
        width = Features.count(step);
    }

    /** The step. */
    public Transform read() {
        return switch (step.className()) {
            case "StandardScaler" ->
                    scaler(array("mean_", "with_mean"), array("scale_", "with_std"));
            case "RobustScaler" ->
                    scaler(array("center_", "with_centering"), array("scale_", "with_scaling"));
            case "MaxAbsScaler" -> scaler(Optional.empty(), Optional.of(numbers("scale_")));
            default -> minMax();
        };
    }

    private Optional<double[]> array(String name, String flag) {
        return step.flag(flag, true) && step.optional(name).isPresent()
                ? Optional.of(numbers(name))
                : Optional.empty();
    }

    private double[] numbers(String name) {
        return step.numbers(name, width);
    }

    private double[] all(double value) {
        double[] numbers = new double[width];
        Arrays.fill(numbers, value);
        return numbers;
    }

    private Transform scaler(Optional<double[]> centre, Optional<double[]> scale) {
        return new Affine(
                centre.orElse(all(0)),
                scale.orElse(all(1)),
                all(1),
                all(0),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY);
    }

    private Transform minMax() {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        if (step.flag("clip", false)) {
            List<PickleValue> range = step.list("feature_range");
            if (range.size() != 2) {
                throw step.error("feature_range", "expected two numbers");
            }
            low = step.number("feature_range", range.getFirst());
            high = step.number("feature_range", range.getLast());
        }
        return new Affine(all(0), all(1), numbers("scale_"), numbers("min_"), low, high);
    }
}
