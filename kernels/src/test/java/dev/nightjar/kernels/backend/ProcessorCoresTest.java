package dev.nightjar.kernels.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorCoresTest {

    @TempDir private Path root;

    private void status(String allowed) throws IOException {
        Path file = root.resolve("proc/self/status");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t" + allowed);
    }

    /** Four cores of two hardware threads each, numbered as Linux does: n and n + 4. */
    private void eightProcessors() throws IOException {
        for (int processor = 0; processor < 8; processor++) {
            Path folder =
                    root.resolve("sys/devices/system/cpu/cpu%d/topology".formatted(processor));
            Files.createDirectories(folder);
            int core = processor % 4;
            Files.writeString(
                    folder.resolve("thread_siblings_list"), "%d,%d\n".formatted(core, core + 4));
        }
    }

    @Test
    void hardwareThreadsOfACoreCountOnce() throws IOException {
        eightProcessors();
        status("0-7\n");
        assertEquals(4, ProcessorCores.count(root, 8));
    }

    @Test
    void onlyProcessorsOfThisProcessCount() throws IOException {
        eightProcessors();
        status("1,4-5\n");
        assertEquals(2, ProcessorCores.count(root, 3));
    }

    /** A container's share of processors is a limit that the list does not show. */
    @Test
    void neverMoreThanTheProcessorsOfTheJvm() throws IOException {
        eightProcessors();
        status("0-7\n");
        assertEquals(2, ProcessorCores.count(root, 2));
    }

    @Test
    void whatCannotBeReadLeavesTheProcessors() throws IOException {
        assertEquals(6, ProcessorCores.count(root, 6));
        status("0-3\n");
        assertEquals(6, ProcessorCores.count(root, 6), "no topology");
        eightProcessors();
        status("all of them\n");
        assertEquals(6, ProcessorCores.count(root, 6), "no list");
    }

    @Test
    void thisMachineHasAtLeastOne() {
        int cores = ProcessorCores.count();
        assertTrue(cores >= 1 && cores <= Runtime.getRuntime().availableProcessors());
    }
}
