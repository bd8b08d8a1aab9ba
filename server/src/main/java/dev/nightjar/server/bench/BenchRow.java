package dev.nightjar.server.bench;

import dev.nightjar.server.statistics.Sample;
import java.util.List;
import java.util.Map;

/**
 * A result.
 *
 * @param model how it was named
 * @param test as {@link BenchTest#name} says
 * @param samples tokens per second of each run, total over sequences
 * @param threads that computed
 * @param about more, such as backend, version and machine
 */
public record BenchRow(
        String model, String test, List<Double> samples, int threads, Map<String, String> about) {

    /** Copies. */
    public BenchRow {
        samples = List.copyOf(samples);
        about = Map.copyOf(about);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s %s: expected at least one run".formatted(model, test));
        }
    }

    /** All runs. */
    public Sample sample() {
        return Sample.of(samples);
    }

    /** The median. */
    public double tokensPerSecond() {
        return sample().median();
    }
}
