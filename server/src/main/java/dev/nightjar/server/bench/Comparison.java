package dev.nightjar.server.bench;

import dev.nightjar.server.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One test of two files: how many times as fast the second is.
 *
 * @param model of the second file
 * @param test the test
 * @param before tokens per second in the first file, the median
 * @param after in the second
 * @param lowest ratio that the spread of the runs allows
 * @param highest ratio that it allows
 */
public record Comparison(
        String model, String test, double before, double after, double lowest, double highest) {

    /** Of the medians. */
    public double ratio() {
        return after / before;
    }

    /** Whether not even the slowest run of one and the fastest of the other change the verdict. */
    public boolean isBeyondNoise() {
        return lowest > 1 || highest < 1;
    }

    /**
     * Compares rows of the same model and test, in the order of the second list. Where each list is
     * about one model, the test alone counts, as engines call a model by different names.
     */
    public static List<Comparison> of(List<BenchRow> before, List<BenchRow> after) {
        boolean byTest = numModels(before) == 1 && numModels(after) == 1;
        List<Comparison> comparisons = new ArrayList<>();
        for (BenchRow row : after) {
            Optional<BenchRow> match =
                    before.stream()
                            .filter(other -> other.test().equals(row.test()))
                            .filter(other -> byTest || other.model().equals(row.model()))
                            .findFirst();
            match.ifPresent(other -> comparisons.add(of(other, row)));
        }
        return comparisons;
    }

    private static Comparison of(BenchRow before, BenchRow after) {
        Sample a = before.sample();
        Sample b = after.sample();
        return new Comparison(
                after.model(),
                after.test(),
                a.median(),
                b.median(),
                b.min() / a.max(),
                b.max() / a.min());
    }

    private static long numModels(List<BenchRow> rows) {
        return rows.stream().map(BenchRow::model).distinct().count();
    }
}
