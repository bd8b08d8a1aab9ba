package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.HttpReply;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.store.StoreConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens from the command line, with the server stopped and with it running. */
final class TokenCommandTest {

    private record Outcome(int code, String out, String err) {}

    @TempDir private Path folder;

    private Outcome run(String... line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> args = new ArrayList<>(Arrays.asList(line));
        args.addAll(List.of("--data", folder.toString()));
        int code =
                Cli.run(
                        args.toArray(String[]::new),
                        new Cli.Streams(
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(out, false, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8)));
        return new Outcome(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String create(String... flags) {
        List<String> line = new ArrayList<>(List.of("token", "create"));
        line.addAll(List.of(flags));
        Outcome made = run(line.toArray(String[]::new));
        assertEquals(0, made.code, made.err);
        assertTrue(made.out.matches("nj_[0-9A-Za-z]{49}\\R"), made.out);
        assertFalse(made.err.contains(made.out.strip()), made.err);
        return made.out.strip();
    }

    private NightjarServer start() {
        return NightjarServer.openWithoutModels(
                ServerOptions.defaults()
                        .withAddress("127.0.0.1", 0)
                        .withStore(StoreConfig.in(folder)));
    }

    private static int status(NightjarServer server, String token) {
        return HttpReply.of(
                        server.port(),
                        "GET",
                        "/admin/audit",
                        null,
                        Map.of("Authorization", "Bearer " + token))
                .status();
    }

    @Test
    void anAdministratorIsMadeBeforeTheFirstStart() {
        String admin = create("--name", "root", "--admin");
        try (NightjarServer server = start()) {
            assertEquals(401, HttpReply.of(server.port(), "GET", "/v1/models", null).status());
            assertEquals(200, status(server, admin));
        }
    }

    /** The server has the database open, so it is asked. */
    @Test
    void aRunningServerTakesPart() throws IOException {
        create("--name", "root", "--admin");
        try (NightjarServer server = start()) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("control.sock"))));
            String second =
                    create("--name", "second", "--admin", "--expires", "never", "--tier", "gold");
            assertEquals(200, status(server, second));
            String list = run("token", "list").out;
            assertTrue(list.contains("second") && list.contains("root"), list);
            assertFalse(list.contains(second), list);
            String id =
                    list.lines()
                            .filter(line -> line.contains("second"))
                            .map(line -> line.strip().split(" ")[0])
                            .findFirst()
                            .orElseThrow();
            Outcome revoked = run("token", "revoke", id);
            assertEquals("revoked %s 'second'\n".formatted(id), revoked.out, revoked.err);
            assertEquals(401, status(server, second));
            assertTrue(run("token", "list").out.contains("revoked"));
        }
        assertFalse(Files.exists(folder.resolve("control.sock")));
    }

    @Test
    void anOpenServerNoticesTheFirstToken() throws InterruptedException {
        try (NightjarServer server = start()) {
            assertEquals(200, status(server, "anything"));
            String admin = create("--name", "root", "--admin");
            Thread.sleep(600);
            assertEquals(401, status(server, "anything"));
            assertEquals(200, status(server, admin));
        }
    }

    @Test
    void scopesAndEndsAreTakenOver() {
        create("--name", "a", "--model", "m/x", "--model", "y", "--task", "embed");
        create("--name", "b", "--expires", "2999-01-31T12:00:00Z");
        create("--name", "c", "--expires", "12h");
        String list = run("token", "list").out;
        assertTrue(list.contains("m/x, y, embedding"), list);
        assertTrue(list.contains("2999-01-31T12:00:00Z"), list);
        Outcome wrong = run("token", "create", "--name", "d", "--expires", "soon");
        assertEquals(2, wrong.code, wrong.err);
        assertTrue(wrong.err.contains("12h or 30d"), wrong.err);
        Outcome task = run("token", "create", "--name", "d", "--task", "sing");
        assertEquals(1, task.code, task.err);
        assertTrue(task.err.contains("tasks"), task.err);
        Outcome unknown = run("token", "revoke", "tok_0");
        assertEquals("error: there is no token 'tok_0'\n", unknown.err);
        assertEquals(2, run("token").code);
    }

    @Test
    void theKeyIsRotated() throws IOException {
        assertEquals(1, run("store", "rotate-key").code, "nothing to rotate");
        String admin = create("--name", "root", "--admin");
        String old = Files.readString(folder.resolve("store.key"));
        byte[] before = Files.readAllBytes(folder.resolve("nightjar.mv.db"));
        Outcome rotated = run("store", "rotate-key");
        assertEquals(0, rotated.code, rotated.err);
        String key = Files.readString(folder.resolve("store.key"));
        assertFalse(key.equals(old) || rotated.out.contains(key.strip()), rotated.out);
        assertFalse(Arrays.equals(before, Files.readAllBytes(folder.resolve("nightjar.mv.db"))));
        try (NightjarServer server = start()) {
            assertEquals(200, status(server, admin));
        }
        // As if the last step had been cut off: the database has the next key, the file the old.
        Files.move(folder.resolve("store.key"), folder.resolve("store.key.next"));
        Files.writeString(folder.resolve("store.key"), old);
        try (NightjarServer server = start()) {
            assertEquals(200, status(server, admin));
        }
        assertEquals(key, Files.readString(folder.resolve("store.key")));
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of("nightjar.mv.db", "store.key"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
