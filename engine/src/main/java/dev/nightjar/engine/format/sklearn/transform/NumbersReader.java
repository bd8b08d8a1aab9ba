package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.NamedFunctions;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.encode.Categories;
import dev.nightjar.engine.tabular.encode.OneHot;
import dev.nightjar.engine.tabular.numeric.Bins;
import dev.nightjar.engine.tabular.numeric.Elementwise;
import dev.nightjar.engine.tabular.numeric.Normalize;
import dev.nightjar.engine.tabular.numeric.Power;
import dev.nightjar.engine.tabular.numeric.Quantiles;
import dev.nightjar.engine.tabular.transform.Chain;
import dev.nightjar.engine.tabular.transform.Select;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Steps that change numbers one by one, or a row by its size. */
public final class NumbersReader {
    private final PickledObject step;
    private final int width;

    /** Reads the state of an object. */
    public NumbersReader(PickledObject step) {
        this.step = step;
        width = Features.count(step);
    }

    /** Rows of one norm. */
    public Transform normalizer() {
        Normalize.Norm norm =
                switch (step.oneOf("norm", "l1", "l2", "max")) {
                    case "l1" -> Normalize.Norm.L1;
                    case "l2" -> Normalize.Norm.L2;
                    default -> Normalize.Norm.MAX;
                };
        return new Normalize(norm, width);
    }

    /** 1 above a threshold. */
    public Transform binarizer() {
        double threshold = step.number("threshold");
        return new Elementwise(x -> x > threshold ? 1 : x <= threshold ? 0 : x, width);
    }

    /** A function that the file names, or none. */
    public Transform function() {
        for (String name : List.of("kw_args", "inv_kw_args")) {
            if (step.optional(name)
                    .filter(
                            value ->
                                    !(value instanceof PickleValue.PickleDict dict)
                                            || !dict.entries().isEmpty())
                    .isPresent()) {
                throw step.error(name, "expected none, found some, which are not supported");
            }
        }
        return step.optional("func")
                .filter(value -> !isCheck(value))
                .<Transform>map(
                        value -> new Elementwise(NamedFunctions.of(step, "func", value), width))
                .orElseGet(() -> Select.all(width));
    }

    /** Whether a function only checks its argument, as HistGradientBoosting's own step does. */
    private static boolean isCheck(PickleValue value) {
        return value instanceof PickleCall call
                && call.function().toString().equals("functools.partial")
                && call.arguments() instanceof PickleTuple arguments
                && !arguments.elements().isEmpty()
                && arguments
                        .elements()
                        .getFirst()
                        .toString()
                        .equals("sklearn.utils.validation.check_array");
    }

    /** Shares among training values. */
    public Transform quantiles() {
        double[] shares = step.array("references_").numbers();
        double[] all = step.rows("quantiles_", width);
        if (shares.length < 1 || all.length != (long) shares.length * width) {
            throw step.error("quantiles_", "expected a row for each reference");
        }
        double[][] columns = new double[width][shares.length];
        for (int i = 0; i < all.length; i++) {
            columns[i % width][i / width] = all[i];
        }
        boolean isNormal = step.oneOf("output_distribution", "uniform", "normal").equals("normal");
        return new Quantiles(columns, shares, isNormal);
    }

    /** Powers that make features normal, standardised behind. */
    public Transform power() {
        boolean isBoxCox = step.oneOf("method", "box-cox", "yeo-johnson").equals("box-cox");
        Transform power = new Power(isBoxCox, step.numbers("lambdas_", width));
        if (!step.flag("standardize", true)) {
            return power;
        }
        PickledObject scaler = step.object("_scaler");
        Transform scaled = new ScalerReader(scaler).read();
        if (scaled.numInputs() != width) {
            throw step.error("_scaler", "expected one of %d features".formatted(width));
        }
        return new Chain(List.of(power, scaled));
    }

    /** Numbers of bins, or one feature a bin. */
    public Transform bins() {
        List<PickleValue> all = step.list("bin_edges_");
        if (all.size() != width) {
            throw step.error("bin_edges_", "expected edges of each feature");
        }
        double[][] inner = new double[width][];
        for (int f = 0; f < width; f++) {
            double[] edges = step.arrayOf(all.get(f)).numbers();
            if (edges.length < 2) {
                throw step.error("bin_edges_", "expected at least two edges a feature");
            }
            inner[f] = Arrays.copyOfRange(edges, 1, edges.length - 1);
        }
        Transform bins = new Bins(inner);
        if (step.oneOf("encode", "onehot", "onehot-dense", "ordinal").equals("ordinal")) {
            return bins;
        }
        List<OneHot.Feature> features = new ArrayList<>();
        for (double[] edges : inner) {
            int[] places = IntStream.rangeClosed(0, edges.length).toArray();
            double[] numbers = IntStream.of(places).asDoubleStream().toArray();
            features.add(
                    new OneHot.Feature(
                            Categories.ofNumbers(numbers), places, OneHot.REFUSED, places.length));
        }
        return new Chain(List.of(bins, new OneHot(features)));
    }
}
