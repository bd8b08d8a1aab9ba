package dev.nightjar.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flight recordings hold what the engine and the server did. */
final class RecordingTest {

    @Test
    void requestsAndStepsAreRecorded(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (TestServer server = TestServer.start();
                Recording recording = new Recording()) {
            server.get("/health"); // before the recording
            recording.enable("dev.nightjar.Request");
            recording.enable("dev.nightjar.Step");
            recording.start();
            server.post(
                    "/v1/completions",
                    "{\"model\":\"%s\",\"prompt\":\"Once\",\"max_tokens\":4}"
                            .formatted(TestModels.NAME));
            TestServer.await("the request is over", () -> server.stats().inFlight() == 0);
            server.get("/nowhere");
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        List<RecordedEvent> requests = named(events, "dev.nightjar.Request");
        RecordedEvent request =
                requests.stream()
                        .filter(one -> one.getString("route").equals("/v1/completions"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("POST", request.getString("method"));
        assertEquals(200, request.getInt("status"));
        assertTrue(request.getString("model").startsWith(TestModels.NAME));
        assertTrue(request.getLong("bytes") > 0);
        assertTrue(request.getDuration().isPositive());
        List<RecordedEvent> steps = named(events, "dev.nightjar.Step");
        assertEquals(4, steps.size());
        assertEquals(TestModels.NAME, steps.getFirst().getString("model"));
        assertEquals(1, steps.getLast().getInt("sequences"));
        assertEquals(1, steps.getLast().getInt("tokens"));
        assertEquals(
                List.of("Nightjar", "Engine"), steps.getFirst().getEventType().getCategoryNames());
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }
}
