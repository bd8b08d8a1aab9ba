package dev.nightjar.server.observe;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.metric.MetricType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operating system says of this process, under the names that all of Prometheus' clients
 * use. What it does not say reads as NaN.
 */
final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int KIBI = 1024;

    private ProcessMetrics() {}

    static void declare(MetricRegistry metrics) {
        metrics.gauge(
                "process_start_time_seconds",
                "When the process began, in seconds since 1970",
                () -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND);
        metrics.sampled(
                MetricType.COUNTER,
                "process_cpu_seconds_total",
                "Processor time of the process",
                samples ->
                        samples.add(
                                unix(UnixOperatingSystemMXBean::getProcessCpuTime)
                                        / NANOS_PER_SECOND));
        metrics.gauge(
                "process_resident_memory_bytes",
                "Memory of the process that is in use, mapped files included",
                () -> residentBytes().stream().asDoubleStream().findFirst().orElse(Double.NaN));
        metrics.gauge(
                "process_open_fds",
                "Open file descriptors",
                () -> unix(UnixOperatingSystemMXBean::getOpenFileDescriptorCount));
        metrics.gauge(
                "process_max_fds",
                "Most file descriptors that may be open",
                () -> unix(UnixOperatingSystemMXBean::getMaxFileDescriptorCount));
    }

    private static double unix(ToLongFunction<UnixOperatingSystemMXBean> value) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof UnixOperatingSystemMXBean unix
                ? value.applyAsLong(unix)
                : Double.NaN;
    }

    /** Linux alone tells. */
    static OptionalLong residentBytes() {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(STATUS));
            return resident.find()
                    ? OptionalLong.of(Long.parseLong(resident.group(1)) * KIBI)
                    : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }
}
