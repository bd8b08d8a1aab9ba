package dev.nightjar.server.observe;

import java.util.Map;

/** Builds a page of metrics, each with its help and type line. */
final class PrometheusText {

    private final StringBuilder page = new StringBuilder();

    void counter(String name, String help, long value) {
        header(name, help, "counter");
        sample(name, value);
    }

    void gauge(String name, String help, long value) {
        header(name, help, "gauge");
        sample(name, value);
    }

    void labelledCounter(String name, String help, String label, Map<?, Long> values) {
        header(name, help, "counter");
        values.forEach((key, value) -> sample("%s{%s=\"%s\"}".formatted(name, label, key), value));
    }

    private void header(String name, String help, String type) {
        page.append("# HELP ").append(name).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String nameAndLabels, long value) {
        page.append(nameAndLabels).append(' ').append(value).append('\n');
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
