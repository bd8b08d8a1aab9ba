package dev.nightjar.bench;

import java.nio.file.Path;

/** Where the project lies. */
final class Project {

    static final String VERSION = System.getProperty("nightjar.version");

    private Project() {}

    /** The repository's root. */
    static Path root() {
        String root = System.getenv("NIGHTJAR_ROOT");
        return (root == null ? Path.of("..") : Path.of(root)).toAbsolutePath().normalize();
    }

    /** The jar that the build has made of a module. */
    static Path jar(String module) {
        String name = "nightjar-%s-%s.jar".formatted(module, VERSION);
        return root().resolve(Path.of(module, "target", name));
    }
}
