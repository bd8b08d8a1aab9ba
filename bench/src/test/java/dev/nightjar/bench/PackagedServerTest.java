package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The server from its jars alone, as the launchers start it: nothing that they lack is found. */
class PackagedServerTest {

    private static final Pattern READY =
            Pattern.compile("(?s).*ready after [^\\n]* on (http://[^ ]+) .*");
    private static final int SECONDS = 60;

    /** In a folder of its own, so that nothing of the build is found by its place. */
    private static Process start(Path folder) throws IOException {
        Path server = Project.root().resolve("server/target");
        Path lib = server.resolve("lib");
        assertTrue(Files.isDirectory(lib), lib + " is missing: these tests run after packaging");
        String jars = Project.jar("server") + ":" + lib;
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "--enable-native-access=dev.nightjar.kernels",
                                "--module-path",
                                jars,
                                "-m",
                                "dev.nightjar.server/dev.nightjar.server.cli.Cli",
                                "serve",
                                "--port",
                                "0",
                                "--kv-memory",
                                "8M")
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(Map.of("NIGHTJAR_HOME", folder.toString()));
        return builder.start();
    }

    private static String urlOf(BufferedReader out, Path folder) throws IOException {
        StringBuilder report = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            report.append(line).append('\n');
            Matcher ready = READY.matcher(report);
            if (ready.matches()) {
                return ready.group(1);
            }
        }
        throw new AssertionError(report + Files.readString(folder.resolve("err")));
    }

    private static HttpResponse<String> ask(HttpClient client, String url, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer;
    }

    /** The demo encoders lie inside of a jar that is opened for each load, and closed again. */
    private static void reloadsKeepNoJarOpen(HttpClient client, String url, Process process)
            throws IOException, InterruptedException {
        Path files = Path.of("/proc", Long.toString(process.pid()), "fd");
        if (!Files.isDirectory(files)) {
            return; // there is no such view elsewhere
        }
        String reload = url + "/admin/models/nightjar-demo-embed/reload";
        ask(client, reload, "{}");
        long before = numJars(files);
        for (int i = 0; i < 3; i++) {
            ask(client, reload, "{}");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (numJars(files) > before && System.nanoTime() - deadline < 0) {
            Thread.sleep(10); // an instance is released behind the answer
        }
        assertTrue(numJars(files) <= before, "jars stay open");
    }

    private static long numJars(Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(PackagedServerTest::isEngineJar).count();
        }
    }

    private static boolean isEngineJar(Path link) {
        try {
            return Files.readSymbolicLink(link).toString().contains("nightjar-engine");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void answersFromItsJarsAlone() throws Exception {
        Path folder = Project.workFolder("packaged");
        Process process = start(folder);
        try (BufferedReader out = process.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            String url = urlOf(out, folder);
            String answer =
                    ask(
                                    client,
                                    url + "/v1/chat/completions",
                                    "{\"model\":\"bluefly-text-1\",\"max_tokens\":4,\"messages\":"
                                            + "[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                            .body();
            assertTrue(answer.contains("\"finish_reason\""), answer);
            for (String resource : List.of("/console/", "/openapi.json", "/metrics")) {
                assertTrue(ask(client, url + resource, "").body().length() > 100, resource);
            }
            reloadsKeepNoJarOpen(client, url, process);
            process.destroy();
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
