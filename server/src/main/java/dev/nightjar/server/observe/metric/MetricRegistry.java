package dev.nightjar.server.observe.metric;

import dev.nightjar.engine.metrics.Buckets;
import dev.nightjar.engine.metrics.Histogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * All metrics of a server. Whoever counts something declares it here once, when it is constructed,
 * and keeps the counter:
 *
 * <pre>{@code
 * Family<Counter> refused =
 *         metrics.counters(
 *                 "nightjar_limits_refused_total",
 *                 "Requests refused by a limit",
 *                 Label.oneOf("kind", "requests", "tokens", "concurrency"));
 * ...
 * refused.of("tokens").increment();
 * }</pre>
 *
 * What is known elsewhere is looked up when the page is read, by {@link #gauge} and {@link
 * #sampled}. Each metric stands in docs/operations/monitoring.md too. Thread-safe.
 */
public final class MetricRegistry {

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(MetricInfo info, List<Label> labels, Consumer<Samples> sampler) {}

    /** Empty. */
    public MetricRegistry() {}

    /** Declares a counter. */
    public Counter counter(String name, String help) {
        return counters(name, help).of();
    }

    /** Declares counters by the values of labels. */
    public Family<Counter> counters(String name, String help, Label... labels) {
        Family<Counter> family = new Family<>(List.of(labels), Counter::new);
        Consumer<Samples> sampler =
                samples ->
                        family.forEach(
                                (values, counter) -> samples.add(counter.value(), array(values)));
        sampled(MetricType.COUNTER, name, help, sampler, labels);
        return family;
    }

    /** Declares a histogram. */
    public Histogram histogram(String name, String help, Buckets buckets) {
        return histograms(name, help, buckets).of();
    }

    /** Declares histograms by the values of labels. */
    public Family<Histogram> histograms(
            String name, String help, Buckets buckets, Label... labels) {
        Family<Histogram> family = new Family<>(List.of(labels), () -> new Histogram(buckets));
        Consumer<Samples> sampler =
                samples ->
                        family.forEach((values, one) -> samples.add(one.snapshot(), array(values)));
        sampled(MetricType.HISTOGRAM, name, help, sampler, labels);
        return family;
    }

    /** Declares a number that is looked up. */
    public void gauge(String name, String help, DoubleSupplier value) {
        sampled(MetricType.GAUGE, name, help, samples -> samples.add(value.getAsDouble()));
    }

    /**
     * Declares a metric whose values are all looked up.
     *
     * @param sampler adds the values; called by a thread that reads the page, perhaps by several
     * @throws IllegalArgumentException if the name is taken, or not what Prometheus expects
     */
    public void sampled(
            MetricType type, String name, String help, Consumer<Samples> sampler, Label... labels) {
        List<Label> all = List.of(labels);
        MetricInfo info = new MetricInfo(name, type, help, all.stream().map(Label::name).toList());
        synchronized (entries) {
            if (entries.putIfAbsent(name, new Entry(info, all, sampler)) != null) {
                throw new IllegalArgumentException("two metrics are named " + name);
            }
        }
    }

    /** What is measured, in the order of declaration. */
    public List<MetricInfo> all() {
        return entries().stream().map(Entry::info).toList();
    }

    /** The values of all metrics now, in Prometheus' text format. */
    public String page() {
        MetricPage page = new MetricPage();
        for (Entry entry : entries()) {
            Samples samples = new Samples(entry.labels);
            entry.sampler.accept(samples);
            page.add(entry.info, samples);
        }
        return page.toString();
    }

    private List<Entry> entries() {
        synchronized (entries) {
            return new ArrayList<>(entries.values());
        }
    }

    private static String[] array(List<String> values) {
        return values.toArray(String[]::new);
    }
}
