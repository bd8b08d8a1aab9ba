package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.kernels.backend.DeviceUse;
import dev.nightjar.server.TestModels;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators read when only an encoder is served. */
final class StartReportTest {

    @Test
    void aDeviceWithMemoryOfItsOwnIsNamed() {
        DeviceUse use = new DeviceUse(0, 0, 0, 3L << 30, 8L << 30);
        assertEquals(
                "all of it on cuda:1, whose memory has 3.0 GiB free of 8.0 GiB",
                StartReport.deviceLine("cuda:1", use));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bert-cls | embed | /v1/embeddings | \"input\":\"Hello!\"",
                "bert-rerank | rerank | /v1/rerank | \"documents\":[\"A bird.\"",
                "bert-classify | classify | /models/my%20encoder/proxy/v1/classify | \"inputs\":"
            })
    void encoderAlone(String file, String task, String path, String body) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (Engine engine =
                Engine.builder()
                        .model("my encoder", TestModels.shared("golden/" + file + "/model.gguf"))
                        .open()) {
            StartReport.print(
                    engine,
                    List.of(),
                    "http://127.0.0.1:8080",
                    List.of(),
                    new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        String report = printed.toString(StandardCharsets.UTF_8);
        assertTrue(report.contains("(encoder: " + task + ")"), report);
        assertFalse(report.contains("also named"), report);
        assertTrue(report.contains("curl -s http://127.0.0.1:8080" + path + " "), report);
        assertTrue(report.contains(body), report);
    }
}
