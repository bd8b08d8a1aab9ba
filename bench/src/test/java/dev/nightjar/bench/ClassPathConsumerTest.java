package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A Maven project outside this build, on the plain class path, that depends on the engine artifact:
 * it builds against the artifacts as installed and generates text with and without the flag that
 * makes the Vector API visible.
 */
class ClassPathConsumerTest {

    private static final List<String> MODULES = List.of("kernels", "tokenizer", "engine");

    @Test
    void generatesTextWithAndWithoutTheIncubatorFlag() throws Exception {
        Path folder = Files.createTempDirectory(Project.root().resolve("bench/target"), "consumer");
        Path repository = installInto(folder.resolve("repository"));
        Path project = folder.resolve("consumer");
        writeProject(project);
        Commands.run(
                project,
                List.of(
                        Project.root().resolve("mvnw").toString(),
                        "--offline",
                        "--batch-mode",
                        "--quiet",
                        "-Dmaven.repo.local=" + repository,
                        "package"));
        String classPath =
                project.resolve("target/classes")
                        + File.pathSeparator
                        + project.resolve("target/lib/*");

        String scalar = Commands.runJava(List.of("-cp", classPath, "Consumer"));
        assertTrue(scalar.contains("backend: scalar"), scalar);
        assertTrue(scalar.contains("--add-modules jdk.incubator.vector"), scalar);
        assertTrue(scalar.contains("text: "), scalar);

        String vector =
                Commands.runJava(
                        List.of(
                                "--add-modules=jdk.incubator.vector",
                                "-cp",
                                classPath,
                                "Consumer"));
        assertTrue(vector.contains("backend: vector"), vector);
        assertFalse(vector.contains("start java with"), vector);
        assertTrue(vector.contains("text: "), vector);
    }

    /** A local repository: ours as installed, everything else linked to the build's own. */
    private static Path installInto(Path repository) throws IOException {
        Files.createDirectories(repository.resolve("dev"));
        Path known = Path.of(System.getProperty("maven.repo.local"));
        linkAllBut("dev", known, repository);
        if (Files.isDirectory(known.resolve("dev"))) {
            linkAllBut("nightjar", known.resolve("dev"), repository.resolve("dev"));
        }
        install(repository, "nightjar", Project.root().resolve("pom.xml"), "pom");
        for (String module : MODULES) {
            String artifact = "nightjar-" + module;
            install(repository, artifact, Project.root().resolve(module + "/pom.xml"), "pom");
            install(repository, artifact, Project.jar(module), "jar");
        }
        return repository;
    }

    private static void linkAllBut(String name, Path from, Path to) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals(name)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static void install(Path repository, String artifact, Path file, String extension)
            throws IOException {
        Path folder = repository.resolve(Path.of("dev", "nightjar", artifact, Project.VERSION));
        Files.createDirectories(folder);
        String name = "%s-%s.%s".formatted(artifact, Project.VERSION, extension);
        Files.copy(file, folder.resolve(name));
    }

    private static void writeProject(Path project) throws IOException {
        Path sources = project.resolve("src/main/java");
        Files.createDirectories(sources);
        for (Map.Entry<String, Path> file :
                Map.of("pom.xml", project, "Consumer.java", sources).entrySet()) {
            try (var in =
                    ClassPathConsumerTest.class.getResourceAsStream("/consumer/" + file.getKey())) {
                String text =
                        new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                Files.writeString(
                        file.getValue().resolve(file.getKey()),
                        text.replace("@version@", Project.VERSION));
            }
        }
    }
}
