package dev.nightjar.server.observe.metric;

import java.util.Locale;

/** What a metric's number means. */
public enum MetricType {
    /** It only grows, from 0 at the start of the process. */
    COUNTER,
    /** It goes up and down. */
    GAUGE,
    /** Values counted by size. */
    HISTOGRAM;

    /** Its name on the page. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
