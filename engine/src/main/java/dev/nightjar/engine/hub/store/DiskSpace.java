package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How much can still be written into a folder. */
@FunctionalInterface
interface DiskSpace {

    /** Free bytes of the file system that holds an existing folder. */
    long freeBytes(Path folder) throws IOException;

    /** What the system says. */
    static DiskSpace ofSystem() {
        return folder -> Files.getFileStore(folder).getUsableSpace();
    }

    /**
     * Checks that so many bytes have room.
     *
     * @throws HubException.NoSpace saying how many are needed and free
     */
    default void require(long bytes, Path folder) throws IOException {
        long free = freeBytes(folder);
        if (bytes > free) {
            throw new HubException.NoSpace(
                    ("%s is needed and %s is free in %s; make room, or choose another folder with"
                                    + " --store or NIGHTJAR_MODELS")
                            .formatted(gibibytes(bytes), gibibytes(free), folder));
        }
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
    }
}
