package dev.nightjar.server.observe.metric;

import dev.nightjar.engine.metrics.HistogramSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the values of one metric at the moment when its page is read; those of the same label
 * values add up. Used by one thread.
 */
public final class Samples {

    private final List<Label> labels;
    private final Map<List<String>, Double> numbers = new LinkedHashMap<>();
    private final Map<List<String>, HistogramSnapshot> histograms = new LinkedHashMap<>();

    Samples(List<Label> labels) {
        this.labels = labels;
    }

    /** A number, for these values of the labels. */
    public void add(double value, String... labelValues) {
        numbers.merge(Family.fold(labels, labelValues), value, Double::sum);
    }

    /** A histogram, for these values of the labels. */
    public void add(HistogramSnapshot value, String... labelValues) {
        histograms.merge(Family.fold(labels, labelValues), value, HistogramSnapshot::plus);
    }

    Map<List<String>, Double> numbers() {
        return numbers;
    }

    Map<List<String>, HistogramSnapshot> histograms() {
        return histograms;
    }
}
