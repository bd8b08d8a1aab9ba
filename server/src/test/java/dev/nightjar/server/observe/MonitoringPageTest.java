package dev.nightjar.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.observe.metric.MetricInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages for operators speak of the series that there are, and of no others. */
final class MonitoringPageTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (?:counter|g|h).*$");
    private static final Pattern SERIES = Pattern.compile("\\b(?:nightjar|jvm|process)_[a-z_]+\\b");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Path operations(String name) {
        String root = System.getenv().getOrDefault("NIGHTJAR_ROOT", "..");
        return Path.of(root, "docs", "operations", name);
    }

    private static String row(MetricInfo metric) {
        String labels =
                metric.labels().stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(metric.name(), metric.type().word(), labels, metric.help());
    }

    @Test
    void thePageListsAllSeriesAndNoOther() throws IOException {
        List<String> documented =
                ROW.matcher(Files.readString(operations("monitoring.md")))
                        .results()
                        .map(match -> match.group())
                        .toList();
        List<String> known = server.metrics().stream().map(MonitoringPageTest::row).toList();
        TreeSet<String> missing = new TreeSet<>(known);
        documented.forEach(missing::remove);
        TreeSet<String> unknown = new TreeSet<>(documented);
        known.forEach(unknown::remove);
        assertTrue(
                missing.isEmpty() && unknown.isEmpty(),
                () ->
                        "docs/operations/monitoring.md lacks these rows:\n%s\nand has these too many:\n%s"
                                .formatted(String.join("\n", missing), String.join("\n", unknown)));
        assertEquals(known.size(), documented.size(), "a row stands there twice");
    }

    @Test
    void theDashboardAsksForSeriesThatThereAre() throws IOException {
        byte[] dashboard = Files.readAllBytes(operations("grafana-dashboard.json"));
        JsonReader.read(dashboard);
        assertKnown(new String(dashboard, StandardCharsets.UTF_8));
    }

    @Test
    void rulesAskForSeriesThatThereAre() throws IOException {
        assertKnown(Files.readString(operations("prometheus-rules.yml")));
    }

    private static void assertKnown(String text) {
        List<String> known = server.metrics().stream().map(MetricInfo::name).toList();
        Matcher series = SERIES.matcher(text);
        TreeSet<String> asked = new TreeSet<>();
        while (series.find()) {
            asked.add(series.group().replaceFirst("_(bucket|sum|count)$", ""));
        }
        assertTrue(asked.size() > 10, asked::toString);
        asked.removeAll(known);
        assertEquals(new TreeSet<>(), asked);
    }

    /** Prometheus' own tool, where it is installed, accepts the page and the rules. */
    @Test
    @Tag("full")
    void promtoolAccepts() throws Exception {
        server.post(
                "/v1/completions",
                "{\"model\":\"" + TestModels.NAME + "\",\"prompt\":\"a\",\"max_tokens\":4}");
        assertAccepted(server.get("/metrics").body(), "promtool", "check", "metrics");
        String rules = operations("prometheus-rules.yml").toString();
        assertAccepted("", "promtool", "check", "rules", rules);
    }

    private static void assertAccepted(String input, String... command) throws Exception {
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = tool.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, tool.waitFor(), said);
    }
}
