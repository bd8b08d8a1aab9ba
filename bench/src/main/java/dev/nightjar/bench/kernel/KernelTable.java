package dev.nightjar.bench.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Results as a table for docs/performance.md: a row per kernel and format, widths side by side. */
final class KernelTable {

    private KernelTable() {}

    /** A sentence about the roofs, then the table. */
    static String markdown(List<KernelResult> results) {
        List<Integer> widths =
                results.stream()
                        .map(KernelResult::bits)
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .toList();
        Map<String, Map<Integer, KernelResult>> rows = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (KernelResult result : results) {
            if (isRoof(result)) {
                lines.add("- " + roof(result));
            } else {
                rows.computeIfAbsent(key(result), unseen -> new TreeMap<>())
                        .put(result.bits(), result);
            }
        }
        lines.add("");
        lines.add(header(widths));
        lines.add("|---|---" + "|---|---|---|---".repeat(widths.size()) + "|");
        rows.forEach((key, byWidth) -> lines.add("| " + key + cells(byWidth, widths) + " |"));
        return lines.stream().collect(Collectors.joining(System.lineSeparator()));
    }

    private static boolean isRoof(KernelResult result) {
        return List.of(KernelResult.READ_ROOF, KernelResult.FMA_ROOF).contains(result.kernel());
    }

    private static String roof(KernelResult result) {
        return result.kernel().equals(KernelResult.READ_ROOF)
                ? format(
                        "%d bits: memory reads %.1f GB/s",
                        result.bits(), result.gigabytesPerSecond())
                : format("%d bits: multiply-adds %.0f GFLOP/s", result.bits(), result.gigaflops());
    }

    private static String key(KernelResult result) {
        return result.kernel() + " | " + result.format();
    }

    private static String header(Collection<Integer> widths) {
        return "| kernel | format"
                + widths.stream()
                        .map(bits -> format(" | %d bits: µs | GB/s | GFLOP/s | of the roof", bits))
                        .collect(Collectors.joining())
                + " |";
    }

    private static String cells(Map<Integer, KernelResult> byWidth, List<Integer> widths) {
        return widths.stream()
                .map(byWidth::get)
                .map(result -> result == null ? " | | | | " : cells(result))
                .collect(Collectors.joining());
    }

    private static String cells(KernelResult result) {
        String share =
                result.isCached() ? "in cache" : format("%.0f %%", 100 * result.rooflineShare());
        return format(
                " | %.1f | %.1f | %.1f | %s",
                result.micros(), result.gigabytesPerSecond(), result.gigaflops(), share);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
