package dev.nightjar.bench.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What native/peer-times.py measured on the same machine.
 *
 * @param name what was timed, or why nothing was
 * @param nanos of one run, by {@link KernelCase#shape}
 */
record PeerTimes(String name, Map<String, Long> nanos) {

    static final String FILE = "peer.tsv";

    /** Those that lie in a folder of results. */
    static PeerTimes in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.exists(file)
                ? parse(Files.readAllLines(file))
                : new PeerTimes("nothing to compare with", Map.of());
    }

    /** A line with the name, then lines of a shape, a tab and nanoseconds. */
    static PeerTimes parse(List<String> lines) {
        Map<String, Long> nanos = new HashMap<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] parts = line.split("\t");
            if (parts.length != 2 || !parts[1].matches("[0-9]{1,18}")) {
                throw new IllegalArgumentException(
                        "%s needs lines of a shape, a tab and nanoseconds, found \"%s\""
                                .formatted(FILE, line));
            }
            nanos.put(parts[0], Long.parseLong(parts[1]));
        }
        return new PeerTimes(
                lines.isEmpty() ? "nothing to compare with" : lines.getFirst(), Map.copyOf(nanos));
    }

    long of(KernelCase kernel) {
        return nanos.getOrDefault(kernel.shape(), 0L);
    }
}
