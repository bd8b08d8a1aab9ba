package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nightjar.server.HttpReply;
import dev.nightjar.server.RawClient;
import dev.nightjar.server.TestModels;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server as a process of its own. */
final class ServeProcessTest {

    private static final Pattern READY =
            Pattern.compile("ready after .* on http://[^:]+:(\\d+) .*");
    private static final int SECONDS = 60;
    private static final int SIGINT = 2;

    private static Process start(String... flags) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "--enable-native-access=dev.nightjar.kernels",
                                "--module-path",
                                System.getProperty("jdk.module.path"),
                                "-m",
                                "dev.nightjar.server/dev.nightjar.server.cli.Cli",
                                "serve",
                                "--model",
                                "tiny=" + TestModels.stories()));
        command.addAll(List.of(flags));
        return new ProcessBuilder(command).start();
    }

    private static String readUntilReady(BufferedReader out) throws IOException {
        StringBuilder report = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            report.append(line).append('\n');
            if (line.startsWith("curl ")) {
                return report.toString();
            }
        }
        throw new AssertionError("the server ended after: " + report);
    }

    @Test
    void l1_l6_listensWhereToldAndEndsWithZero() throws Exception {
        Process process = start("--port", "0", "--kv-memory", "8M", "--alias", "gpt-4o=tiny");
        try (BufferedReader out = process.inputReader()) {
            String report = readUntilReady(out);
            assertTrue(
                    report.matches("(?s).*tiny .* MiB .*× 64 tokens, F16.*512 tokens.*"), report);
            assertTrue(report.contains("also named: gpt-4o, bluefly-text-1"), report);
            Matcher ready = READY.matcher(report);
            assertTrue(ready.find(), report);
            int port = Integer.parseInt(ready.group(1));
            assertEquals(200, HttpReply.of(port, "GET", "/health/ready", null).status());
            assertEquals(200, HttpReply.of(port, "GET", "/v1/models/gpt-4o", null).status());
            String body = report.substring(report.indexOf("-d '") + 4, report.lastIndexOf('\''));
            HttpReply reply = HttpReply.of(port, "POST", "/v1/completions", body);
            assertTrue(reply.body().endsWith("data: [DONE]\n\n"), reply.body());
            process.destroy(); // SIGTERM
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    /** What runs when the server is told to stop comes to its end. */
    @Test
    void streamsEndBeforeTheProcessDoes() throws Exception {
        Process process = start("--port", "0", "--kv-memory", "64M");
        List<RawClient> clients = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            Matcher ready = READY.matcher(readUntilReady(out));
            assertTrue(ready.find());
            int port = Integer.parseInt(ready.group(1));
            for (int i = 0; i < 8; i++) {
                RawClient client = new RawClient(port);
                clients.add(client);
                client.post("/v1/completions", story(i));
                client.readUntil("data: ");
            }
            process.destroy(); // SIGTERM
            for (RawClient client : clients) {
                client.readUntil("data: [DONE]\n\n");
            }
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            clients.forEach(RawClient::close);
            process.destroyForcibly();
        }
    }

    /** Whoever is told twice does not wait any longer, and its exit code says so. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSecondSignalEndsItAtOnce(String signal, int code) throws Exception {
        assumeFalse(
                signal.equals("INT") && ignoresInterrupts(),
                "skipped: SIGINT is ignored here, as shells have it in the background");
        Process process = start("--port", "0", "--kv-memory", "64M");
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            Matcher ready = READY.matcher(readUntilReady(out));
            assertTrue(ready.find());
            int port = Integer.parseInt(ready.group(1));
            try (RawClient slow = new RawClient(port, 2048)) { // never reads to the end
                slow.post("/v1/completions", story(1).replace("{", "{\"n\":64,\"logprobs\":5,"));
                slow.readUntil("data: ");
                kill("TERM", process);
                readUntil(err, "stopping");
                assertFalse(process.waitFor(300, TimeUnit.MILLISECONDS), "it drains");
                kill(signal, process);
                readUntil(err, "stopped at once");
                assertTrue(process.waitFor(5, TimeUnit.SECONDS));
                assertEquals(code, process.exitValue());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** What a process inherits: a JVM that ignored the signal when it started goes on so. */
    private static boolean ignoresInterrupts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).trim())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 1 << SIGINT - 1) != 0);
    }

    /** By the system's command, as {@link Process#destroy} closes what is to be read. */
    private static void kill(String signal, Process process) throws Exception {
        String pid = Long.toString(process.pid());
        assertEquals(0, new ProcessBuilder("kill", "-" + signal, pid).start().waitFor());
    }

    private static void readUntil(BufferedReader reader, String beginning) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(beginning)) {
                return;
            }
        }
        throw new AssertionError("the process ended without '" + beginning + "'");
    }

    /** Clients that do not read their streams do not keep the process. */
    @Test
    @Tag("full")
    void theDrainLimitEndsTheRest() throws Exception {
        Process process = start("--port", "0", "--kv-memory", "64M", "--drain-limit", "1");
        try (BufferedReader out = process.inputReader()) {
            Matcher ready = READY.matcher(readUntilReady(out));
            assertTrue(ready.find());
            int port = Integer.parseInt(ready.group(1));
            try (RawClient slow = new RawClient(port, 2048)) {
                slow.post("/v1/completions", story(1).replace("{", "{\"n\":64,\"logprobs\":5,"));
                slow.readUntil("data: ");
                process.destroy();
                assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String story(int seed) {
        return ("{\"model\":\"tiny\",\"prompt\":\"Once upon a"
                        + " time\",\"max_tokens\":480,\"stream\":true,\"temperature\":2,\"seed\":%d}")
                .formatted(seed);
    }

    /** L10: a server that is told to load nothing says so, and how to change that. */
    @Test
    void servesWithoutModels() throws Exception {
        Process process = start("--port", "0", "--no-load");
        try (BufferedReader out = process.inputReader()) {
            Matcher listening =
                    Pattern.compile("listening without models on http://[^:]+:(\\d+);.*")
                            .matcher(out.readLine());
            assertTrue(listening.matches());
            int port = Integer.parseInt(listening.group(1));
            assertEquals(503, HttpReply.of(port, "GET", "/health", null).status());
            HttpReply status = HttpReply.of(port, "GET", "/chat", null);
            assertEquals("not started", status.json().at("status").text());
            process.destroy();
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aTakenPortIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Process process = start("--port", Integer.toString(taken.getLocalPort()));
            String err = new String(process.getErrorStream().readAllBytes());
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
            assertEquals(1, process.exitValue());
            List<String> lines =
                    err.lines()
                            .filter(line -> !line.startsWith("WARNING: Using incubator"))
                            .toList();
            assertEquals(1, lines.size(), err);
            assertTrue(lines.getFirst().startsWith("error: cannot listen on 127.0.0.1 port"), err);
        }
    }
}
