package dev.nightjar.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.RawClient;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.observe.log.AccessLogConfig;
import dev.nightjar.server.observe.log.AccessLogFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line of each request, and files that rotate. */
final class AccessLogTest {

    private static final String CANARY = "quetzalcoatlus";

    @TempDir Path folder;

    private TestServer start(AccessLogFormat format, long maxBytes) {
        AccessLogConfig log =
                new AccessLogConfig(format, Optional.of(folder.resolve("access.log")), maxBytes, 2);
        ObserveConfig observe = ObserveConfig.defaults().withAccessLog(log);
        return TestServer.start(
                LoadOptions.defaults(), ServerOptions.defaults().withObserve(observe));
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(folder.resolve("access.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Json line(int index) {
        TestServer.await("line " + index + " is there", () -> lines().size() > index);
        return Json.of(lines().get(index));
    }

    private static String completion(String more) {
        return "{\"model\":\"%s\",\"prompt\":\"%s\"%s}".formatted(TestModels.NAME, CANARY, more);
    }

    @Test
    void aLineTellsWhatHappenedAndNotWhatWasSaid() {
        try (TestServer server = start(AccessLogFormat.JSON, 1 << 20)) {
            server.post(
                    "/v1/completions?secret=" + CANARY,
                    completion(",\"max_tokens\":5"),
                    "x-request-id",
                    "my-id");
            Json line = line(0);
            assertEquals("POST", line.at("method").text());
            assertEquals("/v1/completions", line.at("path").text());
            assertEquals(200, line.at("status").integer());
            assertEquals("127.0.0.1", line.at("remote").text());
            assertEquals("my-id", line.at("request_id").text());
            assertEquals("anybody", line.at("caller_id").text());
            assertTrue(line.at("model").text().startsWith(TestModels.NAME));
            assertTrue(line.at("ms").number() > 0);
            assertTrue(line.at("bytes").integer() > 100);
            assertTrue(line.at("time").text().endsWith("Z"));
            server.post("/v1/completions", completion(",\"temperature\":9"));
            assertEquals(400, line(1).at("status").integer());
            assertEquals("invalid_request_error", line(1).at("error").text());
            server.get("/nowhere/" + CANARY.substring(3));
            assertEquals(404, line(2).at("status").integer());
            assertFalse(String.join("\n", lines()).contains(CANARY));
        }
    }

    @Test
    void aClientThatLeavesIsLoggedAsSuch() {
        try (TestServer server = start(AccessLogFormat.JSON, 1 << 20)) {
            try (RawClient client = server.connect()) {
                client.post("/v1/completions", completion(",\"max_tokens\":400,\"stream\":true"));
                client.readUntil("data: ");
            }
            assertEquals(499, line(0).at("status").integer());
        }
    }

    @Test
    void fullFilesArePutAside() throws IOException {
        try (TestServer server = start(AccessLogFormat.TEXT, 300)) {
            for (int i = 0; i < 20; i++) {
                server.get("/health/live");
            }
            TestServer.await("a file is old enough to go", () -> exists("access.log.2"));
        }
        assertFalse(exists("access.log.3"));
        for (String name : List.of("access.log", "access.log.1", "access.log.2")) {
            Path file = folder.resolve(name);
            assertTrue(Files.size(file) <= 300, name);
            Files.readAllLines(file)
                    .forEach(line -> assertTrue(line.contains(" GET /health/live 200 "), line));
        }
    }

    private boolean exists(String name) {
        return Files.exists(folder.resolve(name));
    }
}
