package dev.nightjar.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder below target with packages that npm installs, where Node runs scripts. */
public final class NodeFolder {

    private final Path folder;

    private NodeFolder(Path folder) {
        this.folder = folder;
    }

    /** Installs packages, once for each list of them; needs a registry then. */
    public static NodeFolder with(String... packages) throws IOException, InterruptedException {
        String name = String.join("_", packages).replace('/', '.');
        Path folder = Project.root().resolve("bench/target/npm").resolve(name);
        Path installed = folder.resolve("installed");
        if (!Files.exists(installed)) {
            Files.createDirectories(folder);
            List<String> command =
                    new ArrayList<>(
                            List.of("npm", "install", "--silent", "--prefix", folder.toString()));
            command.addAll(List.of(packages));
            Commands.run(folder, command);
            Files.createFile(installed);
        }
        return new NodeFolder(folder);
    }

    /** Copies the scripts of a folder of {@code src/test/js} here. */
    public NodeFolder copy(String scripts) throws IOException {
        Path from = Project.root().resolve("bench/src/test/js").resolve(scripts);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                write(file.getFileName().toString(), Files.readString(file));
            }
        }
        return this;
    }

    /** Writes a script. */
    public void write(String name, String script) throws IOException {
        Files.writeString(folder.resolve(name), script);
    }

    /** Runs a script; returns what it printed. */
    public String run(String name, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", name));
        command.addAll(arguments);
        return Commands.run(folder, command, environment);
    }
}
