package dev.nightjar.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL of this machine on a free port of loopback, with a folder of its own. */
public final class PostgresProcess implements AutoCloseable {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";

    private final Process process;
    private final Path folder;
    private final int port;

    private PostgresProcess(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one with the user and database {@code postgres}; skips the test without one. */
    public static PostgresProcess start() throws IOException {
        Path programs = programs();
        Path folder = Files.createTempDirectory("nightjar-postgres");
        run(List.of("chown", USER, folder.toString()), folder);
        Path data = folder.resolve("data");
        run(
                asUser(programs.resolve("initdb"), "-D", data.toString(), "--auth=trust", "-N"),
                folder);
        int port = freePort();
        List<String> command =
                asUser(
                        programs.resolve("postgres"),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + folder,
                        "-c",
                        "fsync=off");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        PostgresProcess started = new PostgresProcess(process, folder, port);
        TestServer.await("the database answers", () -> started.isReady(programs));
        return started;
    }

    /** Where it is. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s".formatted(port, USER);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor();
            deleteFolder();
        } catch (InterruptedException | IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isReady(Path programs) {
        try {
            return new ProcessBuilder(
                                    programs.resolve("pg_isready").toString(),
                                    "-h",
                                    "127.0.0.1",
                                    "-p",
                                    Integer.toString(port))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Path programs() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(VERSIONS), "no PostgreSQL is installed");
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            Path newest = versions.max(Comparator.naturalOrder()).orElseThrow();
            return newest.resolve("bin");
        }
    }

    /** It refuses to run as root. */
    private static List<String> asUser(Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("runuser", "-u", USER, "--"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command, Path folder) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + output);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
