package dev.nightjar.server.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server on a free port of this machine, by the programs of Debian's package; skips
 * the test where they are missing.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");
    private static final int SECONDS = 60;

    private final Path folder;
    private final Path programs;
    private final int port;
    private boolean isStopped;

    private PostgresServer(Path folder, Path programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    /** Starts one with its data in a new folder. */
    public static PostgresServer start() throws IOException, InterruptedException {
        Path programs = programs().orElse(null);
        Assumptions.assumeTrue(programs != null, "PostgreSQL is missing: install postgresql");
        Path folder = Files.createTempDirectory("nightjar-postgres");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        PostgresServer server = new PostgresServer(folder, programs, port);
        run("chown", "-R", "postgres", folder.toString());
        server.asOwner("initdb", "-D", server.data(), "-U", "postgres", "--auth=trust");
        server.asOwner(
                "pg_ctl",
                "-D",
                server.data(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-h 127.0.0.1 -p %d -k %s".formatted(port, folder),
                "start");
        return server;
    }

    /** A node's configuration. */
    public StoreConfig config() {
        StoreConfig here = StoreConfig.in(folder.resolve("unused"));
        return new StoreConfig(
                here.folder(),
                here.keyFile(),
                Optional.of(
                        new DatabaseServer(
                                "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
                                Optional.of("postgres"),
                                Optional.of("unused"),
                                Optional.empty())),
                here.usageRetention(),
                here.auditRetention());
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(PROGRAMS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PROGRAMS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("initdb")))
                    .findFirst();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** The programs refuse to run as root. */
    private void asOwner(String program, String... args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("runuser", "-u", "postgres", "--"));
        line.add(programs.resolve(program).toString());
        line.addAll(List.of(args));
        run(line.toArray(String[]::new));
    }

    private static void run(String... line) throws IOException, InterruptedException {
        Path log = Files.createTempFile("nightjar-postgres", ".log");
        Process process =
                new ProcessBuilder(line)
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", line) + ": " + Files.readString(log));
        }
        Files.delete(log);
    }

    /** Stops it at once, as if its machine had gone; further calls do nothing. */
    @Override
    public void close() {
        if (isStopped) {
            return;
        }
        isStopped = true;
        try {
            asOwner("pg_ctl", "-D", data(), "-m", "immediate", "stop");
            run("rm", "-rf", folder.toString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
