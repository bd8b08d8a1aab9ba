package dev.nightjar.bench.sample;

import static org.junit.jupiter.api.Assertions.assertAll;

import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.Project;
import dev.nightjar.bench.ResultTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The samples of the OICM inference gateway's guide for other tasks than text, O22 to O32. */
@Tag("full")
class OicmTaskSamplesTest {

    private static final String KEY = "any-key";
    private static final ResultTable TABLE = new ResultTable("OICM samples: other tasks");
    private static SourceDocument document;
    private static DemoServer server;
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        document =
                SourceDocument.read("oicm-inference-gateway").after("Inference Payload Examples");
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
    void classify() throws Throwable {
        DemoServer.requireEncoders();
        SourceDocument section = section("2.4", "2.5");
        PrintedShape shape = PrintedShape.of(section.after("Response Format").firstJson());
        String slip = "  curl: `curl ";
        String printed = section.from("curl:").until("Response Format").text();
        String command = new PythonSample(printed).replace(slip, "curl ").code();
        Map<String, String> variables = Map.of("inference_url", url("classify"), "api_key", KEY);
        assertAll(
                run("2.4 classify (Python)", "classify", section.until("curl:"), "response", shape),
                check(
                        "2.4 classify (curl)",
                        "classify",
                        () ->
                                CurlSample.shell(folder, command, variables)
                                        .require("classify", shape)));
    }

    @Test
    void transcript() throws Throwable {
        SourceDocument section = section("2.5", "2.6");
        PrintedShape shape = PrintedShape.of(section.after("Response Format").firstJson());
        String audio = silence().toString();
        PythonSample sample =
                python(section.until("Response Format"), "transcript")
                        .replace("/path/to/audio_file", audio);
        run("2.5 transcript (Python)", "transcript", sample, "response", shape).execute();
    }

    @Test
    void generateSpeech() throws Throwable {
        SourceDocument section = section("2.6", "2.7");
        String schema = section.after("Example response:").firstJson();
        String body = section.after("Request Body Format").firstJson();
        PrintedShape shape = PrintedShape.of(section.after("Response Format").firstJson());
        assertAll(
                run(
                        "2.6 generate-speech/schema (Python)",
                        "generate-speech",
                        section.until("Example response:"),
                        "schema",
                        PrintedShape.of(schema)),
                check(
                        "2.6 generate-speech (its body, curl)",
                        "generate-speech",
                        () ->
                                CurlSample.post(folder, url("generate-speech"), KEY, body)
                                        .require("generate-speech", shape)));
    }

    @Test
    void generateImage() throws Throwable {
        runWhole("2.7", "2.8", "generate-image");
    }

    @Test
    void translate() throws Throwable {
        runWhole("2.8", "2.9", "translate");
    }

    @Test
    void embedRerankPredict() throws Throwable {
        DemoServer.requireEncoders();
        SourceDocument section = section("2.9", "3. Classical ML Models");
        PrintedShape rows = PrintedShape.of("[[0.1]]");
        PrintedShape ranks = PrintedShape.of("[{\"index\": 0, \"score\": 0.1}]");
        PrintedShape labels = PrintedShape.of("[{\"score\": 0.1, \"label\": \"a\"}]");
        assertAll(
                run("2.9 embed (Python)", "embed", section, "embed_response", rows),
                run("2.9 rerank (Python)", "rerank", section, "rerank_response", ranks),
                run("2.9 predict (Python)", "predict", section, "classify_response", labels));
    }

    @Test
    void classicalPredict() throws Throwable {
        SourceDocument section = section("3.1", "4. Advanced options");
        PythonSample sample = python(section.until("Response Format"), "tables");
        TABLE.run(
                "3.1 predict (Python): 400, as no model here is for tables",
                () ->
                        Answer.of(sample.reporting("response").run(folder).get("response"))
                                .requireError(400));
    }

    private static void runWhole(String number, String next, String task) throws Throwable {
        SourceDocument section = section(number, next);
        PrintedShape shape = PrintedShape.of(section.after("Response Format").firstJson());
        String name = "%s %s (Python)".formatted(number, task);
        run(name, task, section.until("Response Format"), "response", shape).execute();
    }

    private static Executable run(
            String name, String task, SourceDocument part, String variable, PrintedShape shape) {
        return run(name, task, python(part, task), variable, shape);
    }

    private static Executable run(
            String name, String task, PythonSample sample, String variable, PrintedShape shape) {
        return check(
                name,
                task,
                () ->
                        Answer.of(sample.reporting(variable).run(folder).get(variable))
                                .require(task, shape));
    }

    private static Executable check(String name, String task, Executable check) {
        return TABLE.check(TasksToCome.NAMES.contains(task) ? name + ": 501" : name, check);
    }

    private static SourceDocument section(String number, String next) {
        return document.from(number).until(next);
    }

    private static PythonSample python(SourceDocument part, String task) {
        return new PythonSample(part.from("import requests").text()).at(place(task));
    }

    /** Each task with the model that is for it. */
    private static Place place(String task) {
        String model =
                switch (task) {
                    case "embed" -> DemoServer.EMBEDDER;
                    case "rerank" -> DemoServer.RERANKER;
                    case "classify", "predict" -> DemoServer.CLASSIFIER;
                    default -> DemoServer.MODEL;
                };
        return new Place(server.url(), KEY, model);
    }

    private static String url(String task) {
        return "%s/models/%s/proxy/v1/%s".formatted(server.url(), place(task).model(), task);
    }

    /** A tenth of a second of silence as a WAV file. */
    private static Path silence() throws IOException {
        int rate = 16_000;
        int size = rate / 10 * 2;
        ByteBuffer wav = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + size);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * 2);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size);
        return Files.write(folder.resolve("silence.wav"), wav.array());
    }
}
