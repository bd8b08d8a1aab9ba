package dev.nightjar.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the test data that lie outside the repository; a test without them is skipped. */
public final class SharedData {
    private SharedData() {}

    /** The file or folder at this path of the shared folder; skips the test if it is missing. */
    public static Path path(String relative) {
        Path path = folder().resolve(relative);
        if (!Files.exists(path)) {
            Assumptions.abort(
                    "skipped: needs " + path + "; set NIGHTJAR_SHARED to the shared folder");
        }
        return path;
    }

    private static Path folder() {
        String configured = System.getenv("NIGHTJAR_SHARED");
        if (configured != null) {
            return Path.of(configured);
        }
        String root = System.getenv().getOrDefault("NIGHTJAR_ROOT", "..");
        return Path.of(root).toAbsolutePath().normalize().resolveSibling("shared");
    }
}
