package dev.nightjar.bench.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.Json;
import dev.nightjar.bench.NodeFolder;
import dev.nightjar.bench.Project;
import dev.nightjar.bench.ResultTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The samples of the Bluefly inference services, B17 to B31 and B47. */
@Tag("full")
class BlueflySamplesTest {

    private static final String AXIOS = "axios@1.21.1";
    private static final String HOST = "https://api.bluefly.io/api/v1";
    private static final String PROMPT = "Write a short explanation of machine learning.";
    private static final Map<String, String> KEY = Map.of("BLUEFLY_API_KEY", "any-key");

    private static final ResultTable TABLE = new ResultTable("Bluefly samples");
    private static SourceDocument document;
    private static DemoServer server;
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        document = SourceDocument.read("bluefly-inference-services");
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
    void generate() throws Throwable {
        SourceDocument sample =
                document.from("POST /models/{model_id}/generate").until("Text Embeddings");
        TABLE.run(
                "generate (HTTP, curl)",
                () -> {
                    Object answer = send(sample).json();
                    shape().requireOf(answer);
                    requireGeneration(answer);
                });
    }

    @Test
    void embeddings() throws Throwable {
        DemoServer.requireEncoders();
        SourceDocument sample =
                document.from("POST /models/bluefly-embedding-1/embeddings")
                        .until("Deployment Options");
        PrintedShape shape = PrintedShape.of(sample.after("Response:").firstJson());
        String outcome = TasksToCome.NAMES.contains("embeddings") ? ": 501" : "";
        TABLE.run(
                "embeddings (HTTP, curl)" + outcome,
                () -> send(sample).require("embeddings", shape));
    }

    @Test
    void axios() throws Throwable {
        String sample = document.after("JavaScript/Node.js").until("Python").text();
        NodeFolder node = NodeFolder.with(AXIOS);
        TABLE.run(
                "generateText (JavaScript, axios)",
                () -> {
                    String call =
                            "generateText(process.argv[2]).then((data) => console.log('@@' +"
                                    + " JSON.stringify({ name: 'data', data })));\n";
                    node.write("bluefly.cjs", atHere(sample) + call);
                    String output = node.run("bluefly.cjs", List.of(PROMPT), KEY);
                    Object data = Json.at(PythonSample.reports(output), "data", "data");
                    shape().requireOf(data);
                    requireGeneration(data);
                });
        TABLE.run(
                "generateText of an unknown model (JavaScript, axios)",
                () -> {
                    String call =
                            "generateText(process.argv[2]).catch(({ response }) => console.log('@@' +"
                                    + " JSON.stringify({ name: 'error', status: response.status, type:"
                                    + " response.headers['content-type'], text:"
                                    + " JSON.stringify(response.data) })));\n";
                    node.write("bluefly-error.cjs", elsewhere(atHere(sample)) + call);
                    String output = node.run("bluefly-error.cjs", List.of(PROMPT), KEY);
                    requireUnknownModel(Answer.of(PythonSample.reports(output).get("error")));
                });
    }

    @Test
    void python() throws Throwable {
        String sample = PythonIndentation.restored(document.after("Python").lines());
        TABLE.run(
                "generate_text (Python)",
                () -> {
                    Map<String, Object> reports = call(atHere(sample));
                    Object data = Json.at(reports.get("data"), "data");
                    shape().requireOf(data);
                    requireGeneration(data);
                });
        TABLE.run(
                "generate_text of an unknown model (Python)",
                () -> requireUnknownModel(Answer.of(call(elsewhere(atHere(sample))).get("error"))));
    }

    /** Calls the sample's function and prints its result, or the answer it raised. */
    private static Map<String, Object> call(String sample) throws Exception {
        String calling =
                """

                import json
                try:
                    print("\\n@@" + json.dumps({"name": "data", "data": generate_text(%s)}))
                except requests.exceptions.HTTPError as failure:
                    answer = failure.response
                    print("\\n@@" + json.dumps({
                        "name": "error",
                        "status": answer.status_code,
                        "type": answer.headers["content-type"],
                        "text": answer.text,
                    }))
                """
                        .formatted("\"" + PROMPT + "\"");
        return PythonSample.reports(new PythonSample(sample + calling).output(folder, KEY));
    }

    private static Answer send(SourceDocument sample) throws Exception {
        List<String> printed =
                sample.until("Response:").lines().stream()
                        .map(line -> line.replace("{model_id}", DemoServer.BLUEFLY))
                        .map(line -> line.replace("YOUR_API_KEY", "any-key"))
                        .toList();
        return CurlSample.request(folder, server.url() + "/api/v1", printed);
    }

    private static PrintedShape shape() {
        return PrintedShape.of(document.after("Text Generation").after("Response:").firstJson());
    }

    private static String atHere(String sample) {
        return new PythonSample(sample).replace(HOST, server.url() + "/api/v1").code();
    }

    private static String elsewhere(String sample) {
        return new PythonSample(sample).replace(DemoServer.BLUEFLY, "no-such-model").code();
    }

    private static void requireGeneration(Object answer) {
        assertTrue(String.valueOf(Json.at(answer, "id")).matches("gen_[A-Za-z0-9]+"));
        assertEquals(DemoServer.BLUEFLY, Json.at(answer, "model"));
        assertTrue(!String.valueOf(Json.at(answer, "output")).isBlank());
        assertEquals(
                (long) Json.at(answer, "usage", "total_tokens"),
                (long) Json.at(answer, "usage", "prompt_tokens")
                        + (long) Json.at(answer, "usage", "completion_tokens"));
    }

    private static void requireUnknownModel(Answer answer) {
        assertEquals("model_not_found", answer.requireError(404).get("code"));
    }
}
