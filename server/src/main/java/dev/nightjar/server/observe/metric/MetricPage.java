package dev.nightjar.server.observe.metric;

import dev.nightjar.engine.metrics.HistogramSnapshot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Prometheus' text format, version 0.0.4: each metric with its help and type line. */
final class MetricPage {

    private static final long LARGEST_WHOLE = 1L << 53;

    private final StringBuilder page = new StringBuilder(1 << 14);

    void add(MetricInfo metric, Samples samples) {
        page.append("# HELP ").append(metric.name()).append(' ').append(metric.help()).append('\n');
        page.append("# TYPE ")
                .append(metric.name())
                .append(' ')
                .append(metric.type().word())
                .append('\n');
        for (Map.Entry<List<String>, Double> one : samples.numbers().entrySet()) {
            line(metric.name(), labels(metric, one.getKey()), number(one.getValue()));
        }
        for (Map.Entry<List<String>, HistogramSnapshot> one : samples.histograms().entrySet()) {
            histogram(metric.name(), labels(metric, one.getKey()), one.getValue());
        }
    }

    private void histogram(String name, String labels, HistogramSnapshot values) {
        List<BigDecimal> bounds = values.buckets().shownBounds();
        String before = labels.isEmpty() ? "" : labels + ",";
        long atMost = 0;
        for (int i = 0; i < values.buckets().count(); i++) {
            atMost += values.count(i);
            String bound = i < bounds.size() ? plain(bounds.get(i)) : "+Inf";
            line(name + "_bucket", before + "le=\"" + bound + '"', Long.toString(atMost));
        }
        line(name + "_sum", labels, plain(values.sum()));
        line(name + "_count", labels, Long.toString(atMost));
    }

    private void line(String name, String labels, String value) {
        page.append(name);
        if (!labels.isEmpty()) {
            page.append('{').append(labels).append('}');
        }
        page.append(' ').append(value).append('\n');
    }

    private static String labels(MetricInfo metric, List<String> values) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            labels.append(i == 0 ? "" : ",").append(metric.labels().get(i)).append("=\"");
            escape(values.get(i), labels);
            labels.append('"');
        }
        return labels.toString();
    }

    private static void escape(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(value.charAt(i));
            }
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
                ? Long.toString((long) value)
                : Double.toString(value).replace("Infinity", "Inf");
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
