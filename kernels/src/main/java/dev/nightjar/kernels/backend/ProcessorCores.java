package dev.nightjar.kernels.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many cores this process may use. Two hardware threads of a core share its vector units and
 * its path to memory, which one kernel thread keeps busy alone: a second one only gets in its way.
 *
 * <p>Linux says which processors belong to a core. Elsewhere, and where that cannot be read, every
 * processor counts as one.
 */
final class ProcessorCores {

    private static final String ALLOWED = "Cpus_allowed_list:";

    private ProcessorCores() {}

    /** Cores that this process may run on, no more than the processors that the JVM sees. */
    static int count() {
        return count(Path.of("/"), Runtime.getRuntime().availableProcessors());
    }

    /** The same with the system's files below {@code root}. */
    static int count(Path root, int processors) {
        try {
            Set<String> cores = new HashSet<>();
            for (int processor : allowed(root.resolve("proc/self/status"))) {
                cores.add(siblings(root, processor));
            }
            return Math.clamp(cores.size(), 1, processors);
        } catch (IOException | IllegalArgumentException | SecurityException unknown) {
            return processors;
        }
    }

    /** The processors that threads of this process may be put on. */
    private static int[] allowed(Path status) throws IOException {
        String line =
                Files.readAllLines(status).stream()
                        .filter(any -> any.startsWith(ALLOWED))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no " + ALLOWED + " in " + status));
        return Stream.of(line.substring(ALLOWED.length()).trim().split(","))
                .flatMapToInt(ProcessorCores::range)
                .toArray();
    }

    /** {@code 3} or {@code 4-7}. */
    private static IntStream range(String text) {
        String[] ends = text.split("-");
        int first = Integer.parseInt(ends[0]);
        return IntStream.rangeClosed(first, Integer.parseInt(ends[ends.length - 1]));
    }

    /** Names a core by the list of its processors. */
    private static String siblings(Path root, int processor) throws IOException {
        String path = "sys/devices/system/cpu/cpu%d/topology/thread_siblings_list";
        return Files.readString(root.resolve(path.formatted(processor))).trim();
    }
}
