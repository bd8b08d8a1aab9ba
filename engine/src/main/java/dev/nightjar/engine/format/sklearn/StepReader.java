package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import dev.nightjar.engine.tabular.transform.Affine;
import dev.nightjar.engine.tabular.transform.Impute;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.Arrays;
import java.util.Optional;

/** Steps of a pipeline: scalers and an imputer. */
final class StepReader {
    private final PickledObject step;
    private final int width;

    StepReader(PickledObject step) {
        this.step = step;
        width = Features.count(step);
    }

    Transform read() {
        return switch (step.className()) {
            case "StandardScaler" ->
                    scaler(array("mean_", "with_mean"), array("scale_", "with_std"));
            case "RobustScaler" ->
                    scaler(array("center_", "with_centering"), array("scale_", "with_scaling"));
            case "MaxAbsScaler" -> scaler(Optional.empty(), Optional.of(numbers("scale_")));
            case "MinMaxScaler" -> minMax();
            case "SimpleImputer" -> imputer();
            default ->
                    throw step.error(
                            "class",
                            "expected a scaler or SimpleImputer, found "
                                    + step.className()
                                    + ", which is not supported");
        };
    }

    private Optional<double[]> array(String name, String flag) {
        return step.flag(flag, true) && step.optional(name).isPresent()
                ? Optional.of(numbers(name))
                : Optional.empty();
    }

    private double[] numbers(String name) {
        double[] numbers = step.array(name).numbers();
        if (numbers.length != width) {
            throw step.error(
                    name, "expected %d numbers, found %d".formatted(width, numbers.length));
        }
        return numbers;
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
        if (step.flag("clip", false) && step.value("feature_range") instanceof PickleTuple range) {
            low = bound(range, 0);
            high = bound(range, 1);
        }
        return new Affine(all(0), all(1), numbers("scale_"), numbers("min_"), low, high);
    }

    private double bound(PickleTuple range, int index) {
        if (range.elements().size() != 2) {
            throw step.error("feature_range", "expected two numbers");
        }
        return switch (range.elements().get(index)) {
            case PickleValue.PickleInteger integer -> integer.value().doubleValue();
            case PickleValue.PickleFloat number -> number.value();
            default -> throw step.error("feature_range", "expected two numbers");
        };
    }

    private Transform imputer() {
        if (step.flag("add_indicator", false)) {
            throw step.error("add_indicator", "expected false, found true, which is not supported");
        }
        double missing =
                step.optional("missing_values").isPresent()
                        ? step.number("missing_values")
                        : Double.NaN;
        return new Impute(missing, numbers("statistics_"));
    }
}
