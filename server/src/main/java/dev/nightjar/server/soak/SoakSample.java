package dev.nightjar.server.soak;

/**
 * What a server held at one moment, by its page of metrics.
 *
 * @param seconds since the load began
 * @param residentBytes memory of the process
 * @param heapBytes of that, what the heap uses
 * @param threads platform threads
 * @param files open file descriptors
 * @param blocks KV blocks that sequences hold
 * @param sequences running and waiting
 */
public record SoakSample(
        double seconds,
        double residentBytes,
        double heapBytes,
        long threads,
        long files,
        long blocks,
        long sequences) {

    /** Reads the page. */
    static SoakSample of(double seconds, String page) {
        return new SoakSample(
                seconds,
                sum(page, "process_resident_memory_bytes"),
                sum(page, "jvm_memory_used_bytes{area=\"heap\"}"),
                (long) sum(page, "jvm_threads_current"),
                (long) sum(page, "process_open_fds"),
                (long) sum(page, "nightjar_kv_blocks_used"),
                (long)
                        (sum(page, "nightjar_sequences_running")
                                + sum(page, "nightjar_sequences_waiting")));
    }

    /** The sum of all series of a name. */
    private static double sum(String page, String name) {
        return page.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
