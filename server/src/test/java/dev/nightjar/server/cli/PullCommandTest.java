package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.TestModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a hub to generated text, through the commands. */
@Timeout(120)
class PullCommandTest {

    private static final String STORE_PROPERTY = "nightjar.models";
    private static final String FIRST = "demo-F32-00001-of-00002.gguf";
    private static final String SECOND = "demo-F32-00002-of-00002.gguf";

    @TempDir Path store;

    private SmallHub hub;
    private long modelBytes;

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void open() throws IOException {
        List<byte[]> parts = SplitModel.of(TestModels.demo());
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(FIRST, parts.getFirst());
        files.put(SECOND, parts.getLast());
        files.put("demo-Q8_0.gguf", new byte[100]);
        modelBytes = parts.getFirst().length + parts.getLast().length;
        hub = new SmallHub(files);
        // The commands that take a model look where the user's store is.
        System.setProperty(STORE_PROPERTY, store.toString());
    }

    @AfterEach
    void close() {
        System.clearProperty(STORE_PROPERTY);
        hub.close();
    }

    private static Outcome run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Cli.Streams streams =
                new Cli.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Cli.run(args, streams);
        streams.out().flush();
        return new Outcome(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Outcome pull(String... more) {
        List<String> args = new ArrayList<>(List.of("pull", "--endpoint", hub.endpoint()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static void assertError(Outcome outcome, int code, String part) {
        assertEquals(code, outcome.code, outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertTrue(outcome.err.startsWith("error: "), outcome.err);
        assertTrue(outcome.err.contains(part), outcome.err);
    }

    @Test
    void pulledThroughACutListedRunAndRemoved() throws IOException {
        hub.cutOnce(SECOND);
        Outcome pulled = pull("owner/name:F32");
        assertEquals(0, pulled.code, pulled.err);
        Path first = Path.of(pulled.out.strip());
        assertTrue(first.endsWith(FIRST) && Files.exists(first), pulled.out);
        assertTrue(pulled.err.contains("trying again"), pulled.err);
        assertTrue(pulled.err.contains("nightjar run --model owner/name:F32"), pulled.err);
        List<String> ranges = hub.ranges().stream().filter(r -> r.startsWith(SECOND)).toList();
        assertEquals(2, ranges.size());
        assertEquals(SECOND + " null", ranges.getFirst());
        assertTrue(ranges.getLast().matches(SECOND + " bytes=[1-9]\\d*-"), ranges.toString());
        assertTrue(hub.bytesSent() < modelBytes * 3 / 2, "sent " + hub.bytesSent());

        Outcome list = run("list");
        assertEquals(0, list.code, list.err);
        assertTrue(
                list.out.matches(
                        "(?s).*owner/name +F32 +[\\d.]+ MiB +main \\(0123456789ab\\) +20\\d\\d-.*"),
                list.out);

        String[] greedy = {"-p", "Hello", "--raw", "-t", "0", "-n", "16"};
        Outcome stored = generate("owner/name:F32", greedy);
        assertEquals(0, stored.code, stored.err);
        assertEquals(generate(TestModels.demo().toString(), greedy).out, stored.out);
        assertFalse(stored.out.isBlank());
        assertEquals(stored.out, generate("owner/name", greedy).out, "it is the only one");
        assertEquals(stored.out, generate("mine=owner/name", greedy).out);
        Outcome inspected = run("inspect", "owner/name");
        assertTrue(inspected.out.contains("2 file(s)"), inspected.out);

        Outcome removed = run("rm", "owner/name:F32");
        assertEquals(0, removed.code, removed.err);
        assertTrue(removed.out.matches("removed owner/name:F32@\\w+, .* freed\n"), removed.out);
        assertTrue(run("list").err.contains("no models in"));
    }

    private static Outcome generate(String model, String... flags) {
        List<String> args = new ArrayList<>(List.of("run", "--model", model));
        args.addAll(List.of(flags));
        return run(args.toArray(String[]::new));
    }

    @Test
    void offlineAndDryRun() {
        assertError(pull("owner/name:F32", "--offline"), 1, "no connection may be opened");
        Outcome dry = pull("owner/name:F32", "--dry-run");
        assertEquals(0, dry.code, dry.err);
        assertTrue(dry.out.contains(FIRST) && dry.out.contains("would download"), dry.out);
        assertEquals(0, hub.bytesSent());
        assertTrue(run("list").err.contains("no models in"));
        Outcome quiet = pull("owner/name:F32", "--quiet", "--parallel", "1");
        assertEquals("", quiet.err);
        Outcome offline = pull("owner/name:F32", "--offline");
        assertEquals(quiet.out, offline.out);
        Outcome again = pull("owner/name:F32");
        assertTrue(again.err.contains("nothing to download"), again.err);
    }

    @Test
    void severalAreRemovedOnlyWithYes() {
        pull("owner/name:F32", "-q");
        pull("owner/name", "-q");
        assertError(run("rm", "owner/name"), 1, "--yes");
        Outcome removed = run("rm", "owner/name", "--yes");
        assertEquals(2, removed.out.lines().count(), removed.out);
        assertError(run("rm", "owner/name"), 1, "is not in the store");
    }

    @Test
    void errorsSayWhatToDo() {
        assertError(pull("name"), 2, "owner/name[:QUANT");
        assertError(pull("owner/name:Q5_0"), 1, "it has ");
        assertError(pull("owner/other"), 1, "owner/other");
        assertError(pull("owner/name", "--parallel", "0"), 1, "at least 1");
        assertError(pull("owner/name@v1", "--revision", "v2"), 1, "leave one of them out");
        assertError(generate("owner/name", "-p", "x"), 2, "nightjar pull owner/name");
        assertError(run("serve", "--model", "owner/x:Q8_0"), 2, "nightjar pull owner/x:Q8_0");
        assertError(run("tokenize", "--model", "owner/x"), 2, "nightjar pull owner/x");
        assertError(run("inspect", "owner/x"), 2, "nightjar pull owner/x");
        assertError(run("run", "--model", "models/x.gguf"), 2, "no such file: models/x.gguf");
    }
}
