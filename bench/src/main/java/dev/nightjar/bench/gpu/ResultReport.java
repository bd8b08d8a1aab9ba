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
     * @param peer what others take; a ratio above 100 % means that this is faster
     */
    static String markdown(
            String device, double copyRate, PeerTimes peer, List<CaseResult> results) {
        String head =
                "%s; a copy moves %.0f GB/s; peer: %s\n\n".formatted(device, copyRate, peer.name())
                        + "| kernel | error | allowed | time | GB/s | of a copy | TFLOP/s | peer |"
                        + " of the peer |\n"
                        + "|---|---|---|---|---|---|---|---|---|\n";
        return results.stream()
                .map(result -> row(result, copyRate))
                .collect(Collectors.joining("", head, ""));
    }

    private static String row(CaseResult result, double copyRate) {
        if (result.nanos() == 0) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1e%s | %.0e | | | | | | |\n",
                    result.name(),
                    result.error(),
                    result.isRight() ? "" : " **wrong**",
                    result.tolerance());
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.1e%s | %.0e | %.1f µs | %.0f | %.0f %% | %.2f | %s |\n",
                result.name(),
                result.error(),
                result.isRight() ? "" : " **wrong**",
                result.tolerance(),
                result.nanos() / 1e3,
                result.gigabytesPerSecond(),
                100 * result.gigabytesPerSecond() / copyRate,
                result.teraOperations(),
                ofPeer(result));
    }

    private static String ofPeer(CaseResult result) {
        return result.peerNanos() == 0
                ? "|"
                : String.format(
                        Locale.ROOT,
                        "%.1f µs | %.0f %%",
                        result.peerNanos() / 1e3,
                        100 * result.ofPeer());
    }

    /** One object per kernel. */
    static String json(String device, double copyRate, PeerTimes peer, List<CaseResult> results) {
        String kernels =
                results.stream().map(ResultReport::object).collect(Collectors.joining(",\n  "));
        return String.format(
                Locale.ROOT,
                "{\"device\":\"%s\",\"copy_gb_s\":%.1f,\"peer\":\"%s\",\"kernels\":[\n  %s\n]}\n",
                plain(device),
                copyRate,
                plain(peer.name()),
                kernels);
    }

    private static String plain(String text) {
        return text.replace("\\", "").replace("\"", "");
    }

    private static String object(CaseResult result) {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"error\":%s,\"tolerance\":%s,\"right\":%b,\"nanos\":%d,"
                        + "\"bytes\":%d,\"operations\":%d,\"peer_nanos\":%s,\"of_peer\":%s}",
                result.name(),
                Double.isFinite(result.error()) ? Double.toString(result.error()) : "null",
                result.tolerance(),
                result.isRight(),
                result.nanos(),
                result.bytes(),
                result.operations(),
                result.peerNanos() == 0 ? "null" : result.peerNanos(),
                result.peerNanos() == 0 || result.nanos() == 0
                        ? "null"
                        : String.format(Locale.ROOT, "%.3f", result.ofPeer()));
    }
}
