package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.catalog.CatalogSource;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.route.Route;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** O6: snippets of every documented call, and that they run as they are pasted. */
final class SnippetTest {

    /** A name that is awkward in each of the languages. */
    private static final String AWKWARD = "it's \"quoted\" \\ $HOME/`x`";

    /** What a curl line is made of: the URL, and the body in single quotes. */
    private static final Pattern CURL =
            Pattern.compile("curl -sS '([^']+)'.*-d '(.*)'\n", Pattern.DOTALL);

    private static TestServer server;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        server =
                TestServer.startWithEncoders(
                        LoadOptions.defaults().withMaxContext(64),
                        ServerOptions.defaults()
                                .withCatalog(
                                        CatalogSource.withAliases(
                                                Map.of(AWKWARD, TestModels.NAME))));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static List<String> calls() {
        return server.routes().stream()
                .filter(route -> route.state() == Route.State.SERVED)
                .filter(RouteCall::isOfText)
                .filter(route -> route.access() != Access.ADMIN)
                .flatMap(route -> route.notes().example().stream())
                .map(example -> example.name())
                .toList();
    }

    private static String snippet(String id, String language, String call) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        HttpReply reply =
                server.get("/models/%s/snippet?lang=%s&call=%s".formatted(encoded, language, call));
        assertEquals(200, reply.status(), reply.body());
        assertEquals("text/plain; charset=utf-8", reply.header("Content-Type").orElse(""));
        return reply.body();
    }

    @Test
    void callsHaveNamesOfTheirOwn() {
        assertEquals(calls().size(), new TreeSet<>(calls()).size());
        assertTrue(
                calls().containsAll(
                                Set.of("chat", "completion", "generate", "flywheel", "oicm-chat")),
                () -> calls().toString());
    }

    /** Taken apart and sent, for each call and for a model whose name needs quoting. */
    @Test
    void curlLinesAreAnswered() {
        for (String id : List.of(TestModels.NAME, AWKWARD)) {
            for (String call : calls()) {
                Matcher parts = CURL.matcher(snippet(id, "curl", call));
                assertTrue(parts.matches(), call);
                String url = parts.group(1);
                String base = "http://127.0.0.1:" + server.port();
                assertTrue(url.startsWith(base), url);
                String body = parts.group(2).replace("'\\''", "'");
                HttpReply reply = server.post(url.substring(base.length()), body);
                assertEquals(200, reply.status(), () -> call + ": " + reply.body());
            }
        }
    }

    /** The same by the program itself, where it is installed. */
    @ParameterizedTest
    @ValueSource(strings = {"chat", "generate", "flywheel", "oicm-chat"})
    void curlRuns(String call) throws Exception {
        Assumptions.assumeTrue(isInstalled("curl"), "curl is not installed");
        Path script = file("call.sh", snippet(AWKWARD, "curl", call));
        assertAnswer(call, run("sh", script.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "javascript", "java"})
    void programsNameWhereAndWhat(String language) {
        for (String call : calls()) {
            String program = snippet(TestModels.NAME, language, call);
            assertTrue(program.contains("http://127.0.0.1:" + server.port() + "/"), program);
            assertTrue(program.contains("API_KEY"), program);
        }
    }

    @Test
    @Tag("full")
    void pythonRuns() throws Exception {
        Assumptions.assumeTrue(isInstalled("python3"), "python3 is not installed");
        Assumptions.assumeTrue(
                run("python3", "-c", "import requests").isEmpty(), "requests is not installed");
        for (String call : calls()) {
            Path program = file("call.py", snippet(AWKWARD, "python", call));
            assertAnswer(call, run("python3", program.toString()));
        }
    }

    @Test
    @Tag("full")
    void javaScriptRuns() throws Exception {
        Assumptions.assumeTrue(isInstalled("node"), "node is not installed");
        for (String call : calls()) {
            Path program = file("call.js", snippet(AWKWARD, "javascript", call));
            assertAnswer(call, run("node", program.toString()));
        }
    }

    @Test
    @Tag("full")
    void javaRuns() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (String call : List.of("chat", "generate", "flywheel", "oicm-chat", "tokenize")) {
            Path program = file("Call.java", snippet(AWKWARD, "java", call));
            assertAnswer(call, run(java, program.toString()));
        }
    }

    @Test
    void defaultsAndRefusals() {
        String path = "/models/" + TestModels.NAME + "/snippet";
        assertTrue(server.get(path).body().startsWith("curl"), server.get(path).body());
        assertTrue(server.get(path).body().contains("/proxy/v1/chat/completions"));
        assertTrue(server.get("/api/v1" + path).body().contains("/generate'"));
        HttpReply language = server.get(path + "?lang=cobol");
        assertEquals(400, language.status());
        assertEquals("lang", language.json().at("error.param").text());
        HttpReply call = server.get(path + "?call=nothing");
        assertEquals(400, call.status());
        assertTrue(call.json().at("error.message").text().contains("oicm-chat"), call.body());
        assertEquals(404, server.get("/models/nope/snippet").status());
        assertEquals(404, server.get("/models/x/proxy/snippet").status());
    }

    /** The host is the client's word, so it must not become a part of a shell's line. */
    @Test
    void hostsAreNotCode() {
        try (RawClient client = server.connect()) {
            client.write(
                    "GET /models/%s/snippet HTTP/1.1\r\nHost: x';rm -rf $HOME;'\r\n\r\n"
                            .formatted(TestModels.NAME));
            String reply = client.readReply();
            assertTrue(!reply.contains("rm -rf"), reply);
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertAnswer(String call, String output) {
        String json =
                output.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith(":"))
                        .map(line -> line.replaceFirst("^data: ?", ""))
                        .findFirst()
                        .orElse("nothing");
        try {
            JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException malformed) {
            throw new AssertionError(call + " printed " + output, malformed);
        }
        assertTrue(!json.contains("\"error\""), () -> call + " printed " + output);
    }

    private static boolean isInstalled(String program) throws Exception {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static String run(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output;
    }
}
