package dev.nightjar.bench.gpu;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as a table in Markdown and as JSON. */
final class ResultReport {

    private ResultReport() {}

    /**
     * The table.
     *
     * @param copyRate measured gigabytes per second of a copy on the device; 0 if not measured
     */
    static String markdown(String device, double copyRate, List<CaseResult> results) {
        String head =
                "%s; a copy moves %.0f GB/s%n%n".formatted(device, copyRate)
                        + "| kernel | error | allowed | time | GB/s | of a copy | TFLOP/s |\n"
                        + "|---|---|---|---|---|---|---|\n";
        return results.stream()
                .map(result -> row(result, copyRate))
                .collect(Collectors.joining("", head, ""));
    }

    private static String row(CaseResult result, double copyRate) {
        if (result.nanos() == 0) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1e%s | %.0e | | | | |\n",
                    result.name(),
                    result.error(),
                    result.isRight() ? "" : " **wrong**",
                    result.tolerance());
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.1e%s | %.0e | %.1f µs | %.0f | %.0f %% | %.2f |\n",
                result.name(),
                result.error(),
                result.isRight() ? "" : " **wrong**",
                result.tolerance(),
                result.nanos() / 1e3,
                result.gigabytesPerSecond(),
                100 * result.gigabytesPerSecond() / copyRate,
                result.teraOperations());
    }

    /** One object per kernel. */
    static String json(String device, double copyRate, List<CaseResult> results) {
        String kernels =
                results.stream().map(ResultReport::object).collect(Collectors.joining(",\n  "));
        return String.format(
                Locale.ROOT,
                "{\"device\":\"%s\",\"copy_gb_s\":%.1f,\"kernels\":[\n  %s\n]}\n",
                device.replace("\\", "").replace("\"", ""),
                copyRate,
                kernels);
    }

    private static String object(CaseResult result) {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"error\":%s,\"tolerance\":%s,\"right\":%b,\"nanos\":%d,"
                        + "\"bytes\":%d,\"operations\":%d}",
                result.name(),
                Double.isFinite(result.error()) ? Double.toString(result.error()) : "null",
                result.tolerance(),
                result.isRight(),
                result.nanos(),
                result.bytes(),
                result.operations());
    }
}
