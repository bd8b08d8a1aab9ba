package dev.nightjar.server.observe.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The counters, or histograms, of one name, by the values of their labels. Thread-safe.
 *
 * @param <T> {@link Counter} or {@link dev.nightjar.engine.metrics.Histogram}
 */
public final class Family<T> {

    private final List<Label> labels;
    private final Supplier<T> factory;
    private final Map<List<String>, T> members = new ConcurrentHashMap<>();

    Family(List<Label> labels, Supplier<T> factory) {
        this.labels = labels;
        this.factory = factory;
    }

    /**
     * The one for these values, in the order of the labels; it is the same object each time.
     *
     * @throws IllegalArgumentException if there are more or fewer values than labels
     */
    public T of(String... values) {
        return members.computeIfAbsent(fold(labels, values), key -> factory.get());
    }

    /** All of them. */
    public void forEach(BiConsumer<List<String>, T> reader) {
        members.forEach(reader);
    }

    static List<String> fold(List<Label> labels, String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(
                    "expected a value for each label of %s, found %d values"
                            .formatted(labels.stream().map(Label::name).toList(), values.length));
        }
        List<String> folded = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            folded.add(labels.get(i).fold(values[i]));
        }
        return List.copyOf(folded);
    }
}
