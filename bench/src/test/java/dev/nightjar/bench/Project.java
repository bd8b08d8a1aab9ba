package dev.nightjar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where the project lies. */
public final class Project {

    static final String VERSION = System.getProperty("nightjar.version");

    private Project() {}

    /** The repository's root. */
    public static Path root() {
        String root = System.getenv("NIGHTJAR_ROOT");
        return (root == null ? Path.of("..") : Path.of(root)).toAbsolutePath().normalize();
    }

    /** Where a file of the shared folder is, if it is there. */
    static Path sharedPath(String relative) {
        String configured = System.getenv("NIGHTJAR_SHARED");
        Path folder = configured == null ? root().resolveSibling("shared") : Path.of(configured);
        return folder.resolve(relative);
    }

    /** A file of the shared folder; skips the test where it is missing. */
    public static Path shared(String relative) {
        Path file = sharedPath(relative);
        if (!Files.exists(file)) {
            Assumptions.abort("skipped: needs " + file + "; set NIGHTJAR_SHARED");
        }
        return file;
    }

    /** An empty folder for what a test makes, which stays for a look afterwards. */
    public static Path workFolder(String name) throws IOException {
        Path parent = Files.createDirectories(root().resolve("bench/target").resolve(name));
        return Files.createTempDirectory(parent, "run");
    }

    /** The jar that the build has made of a module. */
    static Path jar(String module) {
        String name = "nightjar-%s-%s.jar".formatted(module, VERSION);
        return root().resolve(Path.of(module, "target", name));
    }
}
