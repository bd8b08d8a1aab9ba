package dev.nightjar.server.observe.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.metrics.Buckets;
import dev.nightjar.engine.metrics.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class MetricRegistryTest {

    private final MetricRegistry metrics = new MetricRegistry();

    @Test
    void everyKindOfMetricIsWritten() {
        Counter counter = metrics.counter("nightjar_things_total", "Things");
        counter.increment();
        counter.add(2);
        metrics.gauge("nightjar_level", "A level", () -> 0.5);
        Family<Counter> kinds =
                metrics.counters("nightjar_kinds_total", "Kinds", Label.oneOf("kind", "a", "b"));
        kinds.of("a").increment();
        kinds.of("b").add(7);
        Histogram sizes = metrics.histogram("nightjar_sizes", "Sizes", Buckets.POWERS_OF_TWO);
        sizes.record(3);
        sizes.record(1 << 20);
        String text = metrics.page();
        ParsedPage page = ParsedPage.of(text);
        assertEquals(3, page.value("nightjar_things_total"));
        assertEquals(0.5, page.value("nightjar_level"));
        assertEquals(7, page.value("nightjar_kinds_total{kind=\"b\"}"));
        assertEquals(0, page.value("nightjar_sizes_bucket{le=\"2\"}"));
        assertEquals(1, page.value("nightjar_sizes_bucket{le=\"4\"}"));
        assertEquals(2, page.value("nightjar_sizes_bucket{le=\"+Inf\"}"));
        assertEquals(3 + (1 << 20), page.value("nightjar_sizes_sum"));
        assertTrue(text.contains("# HELP nightjar_things_total Things\n"), text);
    }

    @Test
    void nanosecondsAreShownAsSeconds() {
        Histogram times = metrics.histogram("nightjar_t_seconds", "Times", Buckets.REQUEST_SECONDS);
        times.record(1_500_000);
        times.record(-5);
        ParsedPage page = ParsedPage.of(metrics.page());
        assertEquals(1, page.value("nightjar_t_seconds_bucket{le=\"0.001\"}"));
        assertEquals(2, page.value("nightjar_t_seconds_bucket{le=\"0.002\"}"));
        assertEquals(0.0015, page.value("nightjar_t_seconds_sum"));
    }

    @Test
    void valuesThatAreNotForeseenFold() {
        Family<Counter> closed =
                metrics.counters("nightjar_a_total", "A", Label.oneOf("kind", "known"));
        Family<Counter> open = metrics.counters("nightjar_b_total", "B", Label.upTo(2, "name"));
        closed.of("invented").increment();
        for (int i = 0; i < 1000; i++) {
            open.of("name-" + i).increment();
        }
        ParsedPage page = ParsedPage.of(metrics.page());
        assertEquals(1, page.value("nightjar_a_total{kind=\"other\"}"));
        assertEquals(1, page.value("nightjar_b_total{name=\"name-1\"}"));
        assertEquals(998, page.value("nightjar_b_total{name=\"other\"}"));
        assertEquals(4, page.series().size());
    }

    @Test
    void whatFoldsTogetherAddsUp() {
        metrics.sampled(
                MetricType.GAUGE,
                "nightjar_c",
                "C",
                samples -> {
                    for (int i = 0; i < 5; i++) {
                        samples.add(1, "model-" + i);
                    }
                },
                Label.upTo(1, "model"));
        ParsedPage page = ParsedPage.of(metrics.page());
        assertEquals(1, page.value("nightjar_c{model=\"model-0\"}"));
        assertEquals(4, page.value("nightjar_c{model=\"other\"}"));
    }

    @Test
    void valuesAreEscaped() {
        Family<Counter> names = metrics.counters("nightjar_d_total", "D", Label.upTo(9, "name"));
        names.of("a\"b\\c\nd").increment();
        names.of("x".repeat(5000)).increment();
        String page = metrics.page();
        ParsedPage.of(page);
        assertTrue(page.contains("{name=\"a\\\"b\\\\c\\nd\"} 1\n"), page);
        assertFalse(page.contains("x".repeat(101)), "values are short");
    }

    @Test
    void aMemberIsTheSameEachTime() {
        Family<Counter> names = metrics.counters("nightjar_e_total", "E", Label.upTo(9, "name"));
        assertSame(names.of("a"), names.of("a"));
        assertThrows(IllegalArgumentException.class, () -> names.of("a", "b"));
    }

    @Test
    void wrongDeclarationsAreRefused() {
        metrics.counter("nightjar_f_total", "F");
        List<Runnable> wrong =
                List.of(
                        () -> metrics.counter("nightjar_f_total", "again"),
                        () -> metrics.counter("nightjar_count", "no total"),
                        () -> metrics.gauge("nightjar_g_total", "a gauge", () -> 1),
                        () -> metrics.gauge("nightjar-h", "a dash", () -> 1),
                        () -> metrics.gauge("nightjar_i", " ", () -> 1),
                        () -> Label.upTo(1, "le"),
                        () -> Label.upTo(1, "Upper"));
        for (Runnable declaration : wrong) {
            assertThrows(IllegalArgumentException.class, declaration::run);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> metrics.counter("nightjar_j_total", "J").add(-1));
    }

    /** No count is lost, and pages that are read meanwhile are well formed. */
    @Test
    void threadsCountTogether() throws Exception {
        Family<Counter> counts = metrics.counters("nightjar_k_total", "K", Label.upTo(4, "name"));
        Histogram times = metrics.histogram("nightjar_l_seconds", "L", Buckets.STEP_SECONDS);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "n" + i % 5;
                work.add(
                        () -> {
                            for (int k = 0; k < 2000; k++) {
                                counts.of(name).increment();
                                times.record(k * 1000L);
                            }
                            return null;
                        });
            }
            work.add(
                    () -> {
                        for (int k = 0; k < 20; k++) {
                            ParsedPage.of(metrics.page());
                        }
                        return null;
                    });
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        }
        ParsedPage page = ParsedPage.of(metrics.page());
        assertEquals(16_000, page.sum("nightjar_k_total"));
        assertEquals(16_000, page.value("nightjar_l_seconds_count"));
    }
}
