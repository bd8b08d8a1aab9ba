package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code nightjar dist} packs, and whether it runs where there is no JDK. */
class DistributionTest {

    private static final Path SOURCES = Path.of("server", "src", "dist");

    /** Whoever adds a library says under which licence it is shipped. */
    @Test
    void everyLibraryStandsInTheListOfLicences() throws IOException {
        Path lib = Project.root().resolve(Path.of("server", "target", "lib"));
        Assumptions.assumeTrue(Files.isDirectory(lib), "skipped: the server is not packaged");
        String list = Files.readString(Project.root().resolve(SOURCES).resolve("THIRD-PARTY.md"));
        List<String> missing;
        try (Stream<Path> jars = Files.list(lib)) {
            missing =
                    jars.map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
                            .filter(name -> !name.startsWith("nightjar-"))
                            .filter(name -> !list.contains("| " + name + " |"))
                            .sorted()
                            .toList();
        }
        assertEquals(List.of(), missing, "name them in server/src/dist/THIRD-PARTY.md");
    }

    /** In a folder of its own that nobody may write, with nothing but a shell beside it. */
    @Test
    @Tag("full")
    void runsWithoutJdkInAReadOnlyFolder() throws Exception {
        Path folder = Project.workFolder("distribution");
        String made = run(folder, launcher(), "dist", "--out", folder.toString());
        Path archive =
                Path.of(made.lines().filter(line -> line.endsWith(".tar.gz")).findAny().get());
        assertTrue(archive.getFileName().toString().matches("nightjar-.*-linux-\\w+\\.tar\\.gz"));
        run(folder, "tar", "xzf", archive.toString());
        Path home = folder.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
        assertTrue(Files.exists(home.resolve("runtime/legal/java.base")));
        assertFalse(Files.exists(home.resolve("runtime/bin/javac")));
        Path moved = Files.move(home, folder.resolve("moved there"));
        run(folder, "chmod", "-R", "a-w", moved.toString());
        String launcher = moved.resolve("bin/nightjar").toString();
        String answer = bare(folder, "", launcher, "serve", "--check", "--port", "0");
        assertTrue(answer.contains("answered itself"), answer);
        String strict = bare(folder, "-Xshare:on", launcher, "--version");
        assertTrue(strict.contains("nightjar " + Project.VERSION), strict);
        Path sample = moved.resolve("conf/nightjar.yaml");
        bare(folder, "", launcher, "config", "check", sample.toString());
        run(folder, "chmod", "-R", "u+w", moved.toString());
    }

    private static String launcher() {
        return Project.root().resolve("nightjar").toString();
    }

    /** Without any variable but the search path of a plain system. */
    private static String bare(Path folder, String javaOptions, String... command)
            throws Exception {
        List<String> bare =
                Stream.concat(
                                Stream.of(
                                        "env",
                                        "-i",
                                        "PATH=/usr/bin:/bin",
                                        "NIGHTJAR_JAVA_OPTS=" + javaOptions),
                                Stream.of(command))
                        .toList();
        return run(folder, bare.toArray(String[]::new));
    }

    private static String run(Path folder, String... command) throws Exception {
        return Commands.run(folder, List.of(command));
    }
}
