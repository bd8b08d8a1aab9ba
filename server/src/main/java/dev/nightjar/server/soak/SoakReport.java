package dev.nightjar.server.soak;

import java.util.List;
import java.util.Map;

/**
 * What came of it.
 *
 * @param capacity requests per second that the server can do
 * @param counts answers by kind and status
 * @param surprises answers that should have been others, and connections that broke
 * @param samples while the load ran
 * @param before the server at rest, after it was warm
 * @param after the server at rest, after the load
 */
public record SoakReport(
        double capacity,
        Map<String, Long> counts,
        Map<String, Long> surprises,
        List<SoakSample> samples,
        SoakSample before,
        SoakSample after) {

    private static final double SECONDS_PER_HOUR = 3600;

    /** More than this is no jitter of pools that come and go. */
    private static final long JITTER = 8;

    /** Copies the collections. */
    public SoakReport {
        counts = Map.copyOf(counts);
        surprises = Map.copyOf(surprises);
        samples = List.copyOf(samples);
    }

    /**
     * How fast the memory of the process grows, in bytes per hour: the slope of a line through the
     * last two thirds of the samples; 0 for fewer than two.
     */
    public double bytesPerHour() {
        List<SoakSample> last = samples.subList(samples.size() / 3, samples.size());
        double meanSeconds = last.stream().mapToDouble(SoakSample::seconds).average().orElse(0);
        double meanBytes = last.stream().mapToDouble(SoakSample::residentBytes).average().orElse(0);
        double products = 0;
        double squares = 0;
        for (SoakSample sample : last) {
            double x = sample.seconds() - meanSeconds;
            products += x * (sample.residentBytes() - meanBytes);
            squares += x * x;
        }
        return squares == 0 ? 0 : products / squares * SECONDS_PER_HOUR;
    }

    /** KV blocks that nobody holds and nobody has. */
    public long leakedBlocks() {
        return after.blocks();
    }

    /** Platform threads that are there after the load and were not before. */
    public long moreThreads() {
        return after.threads() - before.threads();
    }

    /** File descriptors that are open after the load and were not before. */
    public long moreFiles() {
        return after.files() - before.files();
    }

    /** Whether nothing was lost and every answer was as it should be; memory is for people. */
    public boolean isClean() {
        return surprises.isEmpty()
                && leakedBlocks() == 0
                && after.sequences() == 0
                && moreThreads() <= JITTER
                && moreFiles() <= JITTER;
    }
}
