package dev.nightjar.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the shared reference files, which are not part of the source tree. */
public final class SharedFiles {
    private SharedFiles() {}

    /** A file or folder of the shared data; skips the test, saying so, where it is missing. */
    public static Path get(String first, String... more) {
        Path path = root().resolve(Path.of(first, more));
        if (!Files.exists(path)) {
            Assumptions.abort("skipped: no reference files at " + path + "; set NIGHTJAR_SHARED");
        }
        return path;
    }

    private static Path root() {
        String shared = System.getenv("NIGHTJAR_SHARED");
        if (shared != null) {
            return Path.of(shared);
        }
        String root = System.getenv("NIGHTJAR_ROOT");
        Path base = root == null ? Path.of("..") : Path.of(root);
        return base.resolve("..").resolve("shared").normalize();
    }
}
