package dev.nightjar.server.cli.flags;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command is to write. */
public final class OutputFile {

    private OutputFile() {}

    /**
     * Checks that nothing is lost.
     *
     * @param isForced whether a file that exists is to be replaced
     * @throws FileAlreadyExistsException if it exists and is not
     */
    public static void check(Path file, boolean isForced) throws FileAlreadyExistsException {
        if (Files.exists(file) && !isForced) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "exists already; give --force to replace it");
        }
    }
}
