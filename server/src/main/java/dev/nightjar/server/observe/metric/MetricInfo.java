package dev.nightjar.server.observe.metric;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a metric is, without its values.
 *
 * @param name as Prometheus names things: {@code nightjar_..._total} if it counts, with its unit
 * @param type what its number means
 * @param help one sentence without a full stop
 * @param labels the names of its labels, in order
 */
public record MetricInfo(String name, MetricType type, String help, List<String> labels) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** Refuses names and texts that the page or its readers would not take. */
    public MetricInfo {
        labels = List.copyOf(labels);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a metric is named in lower case letters, digits and _, found '%s'"
                            .formatted(name));
        }
        if (name.endsWith("_total") != (type == MetricType.COUNTER)) {
            throw new IllegalArgumentException(
                    "counters end in _total and nothing else does, found %s %s"
                            .formatted(type.word(), name));
        }
        if (help.isBlank() || help.contains("\n") || help.contains("\\")) {
            throw new IllegalArgumentException(
                    "the help of %s is one line of text, found '%s'".formatted(name, help));
        }
    }
}
