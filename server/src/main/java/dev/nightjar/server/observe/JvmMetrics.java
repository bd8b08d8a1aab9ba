package dev.nightjar.server.observe;

import dev.nightjar.server.api.Version;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.metric.MetricType;
import dev.nightjar.server.observe.metric.Samples;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.function.ToLongFunction;

/** What the virtual machine says of itself, under the names that Prometheus' Java client uses. */
final class JvmMetrics {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int MAX_COLLECTORS = 8;
    private static final int MAX_POOLS = 8;

    private JvmMetrics() {}

    static void declare(MetricRegistry metrics) {
        metrics.sampled(
                MetricType.GAUGE,
                "nightjar_build_info",
                "Always 1; the labels say what runs",
                samples -> samples.add(1, Version.current(), Runtime.version().toString()),
                Label.upTo(1, "version"),
                Label.upTo(1, "java"));
        memory(metrics, "used", MemoryUsage::getUsed);
        memory(metrics, "committed", MemoryUsage::getCommitted);
        metrics.sampled(
                MetricType.GAUGE,
                "jvm_buffer_pool_used_bytes",
                "Memory of buffers outside of the heap; mapped files are one pool",
                JvmMetrics::addBuffers,
                Label.upTo(MAX_POOLS, "pool"));
        metrics.gauge(
                "jvm_threads_current",
                "Platform threads",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        collections(
                metrics,
                "jvm_gc_collections_total",
                "Garbage collections",
                GarbageCollectorMXBean::getCollectionCount,
                1);
        collections(
                metrics,
                "jvm_gc_pause_seconds_total",
                "Time of garbage collections",
                GarbageCollectorMXBean::getCollectionTime,
                MILLIS_PER_SECOND);
    }

    private static void memory(
            MetricRegistry metrics, String what, ToLongFunction<MemoryUsage> value) {
        metrics.sampled(
                MetricType.GAUGE,
                "jvm_memory_%s_bytes".formatted(what),
                "Memory of the virtual machine: %s".formatted(what),
                samples -> {
                    var memory = ManagementFactory.getMemoryMXBean();
                    samples.add(value.applyAsLong(memory.getHeapMemoryUsage()), "heap");
                    samples.add(value.applyAsLong(memory.getNonHeapMemoryUsage()), "nonheap");
                },
                Label.oneOf("area", "heap", "nonheap"));
    }

    private static void addBuffers(Samples samples) {
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            samples.add(pool.getMemoryUsed(), pool.getName());
        }
    }

    private static void collections(
            MetricRegistry metrics,
            String name,
            String help,
            ToLongFunction<GarbageCollectorMXBean> value,
            double unit) {
        metrics.sampled(
                MetricType.COUNTER,
                name,
                help,
                samples -> {
                    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                        samples.add(value.applyAsLong(collector) / unit, collector.getName());
                    }
                },
                Label.upTo(MAX_COLLECTORS, "gc"));
    }
}
