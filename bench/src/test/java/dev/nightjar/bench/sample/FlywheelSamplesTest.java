package dev.nightjar.bench.sample;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.Json;
import dev.nightjar.bench.Project;
import dev.nightjar.bench.ResultTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sample of the Flywheel inference API, F13 to F23, at both of its addresses. */
@Tag("full")
class FlywheelSamplesTest {

    private static final ResultTable TABLE = new ResultTable("Flywheel samples");
    private static SourceDocument document;
    private static DemoServer server;
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        document = SourceDocument.read("flywheel-inference-api");
        folder = Project.workFolder("samples");
        server = DemoServer.start();
    }

    @AfterAll
    static void stop() {
        TABLE.close();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void inputExample() throws Throwable {
        String input = document.after("JSON Input Example").firstJson();
        assertAll(
                Stream.of("/generate", "/flywheel/v1/generate")
                        .map(
                                path ->
                                        TABLE.check(
                                                "JSON input example at " + path + " (curl)",
                                                () -> run(path, input, 1))));
    }

    @Test
    void threeSamplesAsInTheOutputExample() throws Throwable {
        String input = document.after("JSON Input Example").firstJson();
        String three =
                new PythonSample(input).replace("\"num_samples\": 1", "\"num_samples\": 3").code();
        TABLE.run(
                "three samples as in the output example (curl)", () -> run("/generate", three, 3));
    }

    private static void run(String path, String input, int samples) throws Exception {
        PrintedShape shape = PrintedShape.of(document.after("JSON Output Example").firstJson());
        Object answer = CurlSample.post(folder, server.url() + path, "any-key", input).json();
        shape.requireOf(answer);
        assertEquals((long) samples, Json.at(answer, "num_samples"));
        assertEquals(Json.at(Json.read(input), "text"), Json.at(answer, "prompt"));
        List<?> responses = (List<?>) Json.at(answer, "responses");
        assertEquals(samples, responses.size());
        double created = seconds(Json.at(answer, "created"));
        double finished = seconds(Json.at(answer, "finished"));
        for (Object response : responses) {
            double ended = seconds(Json.at(response, "finished"));
            assertTrue(created <= ended && ended <= finished, String.valueOf(answer));
            assertTrue(
                    List.of("eos", "stop", "length").contains(Json.at(response, "finish_reason")));
            assertTrue((long) Json.at(response, "generated_tokens") <= 50);
        }
    }

    private static double seconds(Object number) {
        return ((Number) number).doubleValue();
    }
}
