package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.format.sklearn.tree.Importances;
import dev.nightjar.engine.tabular.transform.Select;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Steps that keep some of the features. */
public final class SelectorReader {
    private final PickledObject step;
    private final int width;

    /** Reads the state of an object. */
    public SelectorReader(PickledObject step) {
        this.step = step;
        width = Features.count(step.className().equals("SelectFromModel") ? selecting(step) : step);
    }

    /** The estimator that says what matters. */
    private static PickledObject selecting(PickledObject step) {
        return step.object(step.optional("estimator_").isPresent() ? "estimator_" : "estimator");
    }

    private Transform kept(boolean[] isKept) {
        int[] columns = IntStream.range(0, width).filter(f -> isKept[f]).toArray();
        if (columns.length == 0) {
            throw step.error("support", "expected features that are kept, found none");
        }
        return new Select(width, columns);
    }

    private boolean[] where(double[] numbers, double bound) {
        boolean[] isAbove = new boolean[width];
        for (int f = 0; f < width; f++) {
            isAbove[f] = numbers[f] > bound;
        }
        return isAbove;
    }

    /** A mask in {@code support_}. */
    public Transform support() {
        return kept(where(step.numbers("support_", width), 0));
    }

    /** Variances above a threshold. */
    public Transform variance() {
        return kept(where(step.numbers("variances_", width), step.number("threshold")));
    }

    /** The best scores: so many, or such a share. */
    public Transform best() {
        double[] scores = step.numbers("scores_", width);
        for (int f = 0; f < width; f++) {
            scores[f] = Double.isNaN(scores[f]) ? -Double.MAX_VALUE : scores[f];
        }
        if (step.className().equals("SelectPercentile")) {
            return kept(share(scores, step.number("percentile")));
        }
        boolean isAll = step.optionalText("k").orElse("").equals("all");
        int count = isAll ? width : Math.min(width, step.integer("k", 0, Integer.MAX_VALUE));
        boolean[] isKept = new boolean[width];
        Arrays.stream(order(scores)).skip(width - count).forEach(feature -> isKept[feature] = true);
        return kept(isKept);
    }

    /** Features by ascending numbers, equal ones as they stand. */
    private static int[] order(double[] numbers) {
        return IntStream.range(0, numbers.length)
                .boxed()
                .sorted(Comparator.comparingDouble(f -> numbers[f]))
                .mapToInt(f -> f)
                .toArray();
    }

    private boolean[] share(double[] scores, double percentile) {
        if (percentile >= 100) {
            boolean[] all = new boolean[width];
            Arrays.fill(all, true);
            return all;
        }
        double threshold = percentile(scores, 100 - percentile);
        boolean[] isKept = where(scores, threshold);
        int left = (int) (width * percentile / 100);
        for (boolean kept : isKept) {
            left -= kept ? 1 : 0;
        }
        for (int f = 0; f < width && left > 0; f++) {
            if (scores[f] == threshold) {
                isKept[f] = true;
                left--;
            }
        }
        return isKept;
    }

    private static double percentile(double[] numbers, double percent) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        double place = (sorted.length - 1) * Math.clamp(percent, 0, 100) / 100;
        int low = (int) place;
        int high = Math.min(low + 1, sorted.length - 1);
        double t = place - low;
        double step = sorted[high] - sorted[low];
        return t >= 0.5 ? sorted[high] - step * (1 - t) : sorted[low] + step * t;
    }

    /** Features that matter to an estimator. */
    public Transform fromModel() {
        PickledObject estimator = selecting(step);
        if (!step.optionalText("importance_getter").orElse("auto").equals("auto")) {
            throw step.error("importance_getter", "expected auto, found another");
        }
        double[] scores = importances(estimator);
        if (scores.length != width) {
            throw step.error("estimator_", "expected an estimator of the same features");
        }
        double threshold = threshold(estimator, scores);
        boolean[] isKept = new boolean[width];
        Arrays.fill(isKept, true);
        if (step.optional("max_features").isPresent()) {
            String name =
                    step.optional("max_features_").isPresent() ? "max_features_" : "max_features";
            int count = step.integer(name, 0, Integer.MAX_VALUE);
            double[] negative = Arrays.stream(scores).map(x -> -x).toArray();
            Arrays.fill(isKept, false);
            Arrays.stream(order(negative)).limit(count).forEach(f -> isKept[f] = true);
        }
        for (int f = 0; f < width; f++) {
            isKept[f] &= !(scores[f] < threshold);
        }
        return kept(isKept);
    }

    private double[] importances(PickledObject estimator) {
        if (estimator.optional("coef_").isEmpty()) {
            return Importances.of(estimator);
        }
        if (step.optional("norm_order").isPresent() && step.number("norm_order") != 1) {
            throw step.error("norm_order", "expected 1, found another");
        }
        NumpyArray coefficients = estimator.array("coef_");
        double[] all = coefficients.numbers();
        double[] sums = new double[width];
        if (all.length % width != 0) {
            throw step.error("estimator_", "expected an estimator of the same features");
        }
        for (int i = 0; i < all.length; i++) {
            sums[i % width] += Math.abs(all[i]);
        }
        return sums;
    }

    private double threshold(PickledObject estimator, double[] scores) {
        if (step.optional("threshold").isPresent() && step.optionalText("threshold").isEmpty()) {
            return step.number("threshold");
        }
        String text = step.optionalText("threshold").orElse("");
        if (text.isEmpty()) {
            boolean isSparse =
                    estimator.className().contains("Lasso")
                            || estimator.optionalText("penalty").orElse("").equals("l1");
            return isSparse ? 1e-5 : mean(scores);
        }
        int times = text.indexOf('*');
        double factor = times < 0 ? 1 : factor(text.substring(0, times).strip());
        String reference = text.substring(times + 1).strip();
        return factor
                * switch (reference) {
                    case "mean" -> mean(scores);
                    case "median" -> percentile(scores, 50);
                    default ->
                            throw step.error(
                                    "threshold", "expected mean or median, found " + reference);
                };
    }

    private double factor(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw step.error("threshold", "expected a number before *, found " + text);
        }
    }

    private static double mean(double[] numbers) {
        return Arrays.stream(numbers).sum() / numbers.length;
    }
}
