package dev.nightjar.bench.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

/** The samples of the llm_serving README, L2 to L5, L9 to L19. */
@Tag("full")
class LlmServingSamplesTest {

    private static final ResultTable TABLE = new ResultTable("llm_serving samples");
    private static SourceDocument document;
    private static DemoServer server;
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        document = SourceDocument.read("llm-serving-api");
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

    /** The Python client is the one thing replaced, by its sister for Node. */
    @Test
    void openAiClient() throws Throwable {
        OpenAiSample sample = OpenAiSample.of(document);
        NodeFolder node = NodeFolder.with("openai@7.57.0", "zod@4.6.7").copy("sample");
        TABLE.run(
                "the OpenAI client at the root, streamed (as npm openai)",
                () -> {
                    List<String> arguments =
                            List.of(
                                    sample.urlAt(server.url()),
                                    sample.key(),
                                    sample.model(),
                                    sample.content());
                    String text = node.run("llm-serving.mjs", arguments, Map.of());
                    assertFalse(text.isBlank(), "no text was streamed");
                });
    }

    @Test
    void status() throws Throwable {
        PrintedShape shape = PrintedShape.of(document.after("Root Endpoint: /chat").firstJson());
        TABLE.run(
                "GET /chat (curl)",
                () -> {
                    Object answer = CurlSample.get(folder, server.url() + "/chat").json();
                    shape.requireOf(answer);
                    assertEquals("running", Json.at(answer, "status"));
                    assertEquals(7, ((Map<?, ?>) answer).size());
                });
    }

    @Test
    void chatOfBothModels() throws Throwable {
        for (String comment : List.of("<!-- For Bloom model", "<!-- For orther model")) {
            String body = document.after(comment).firstJson();
            String name = "/chat/completions of " + Json.at(Json.read(body), "model") + " (curl)";
            TABLE.run(
                    name,
                    () -> {
                        Object answer = post("/chat/completions", body).json();
                        chatShape().requireOf(answer);
                        assertEquals(Json.at(Json.read(body), "model"), Json.at(answer, "model"));
                        assertEquals("chat.completion", Json.at(answer, "object"));
                    });
        }
    }

    @Test
    void embeddings() throws Throwable {
        DemoServer.requireEncoders();
        SourceDocument section = document.after("Generate Endpoint: /embeddings");
        String body = section.firstJson();
        PrintedShape shape = PrintedShape.of(section.after("Returns:").firstJson());
        String outcome = TasksToCome.NAMES.contains("embeddings") ? ": 501" : "";
        TABLE.run(
                "/embeddings (curl)" + outcome,
                () -> post("/embeddings", body).require("embeddings", shape));
    }

    private static Answer post(String path, String body) throws Exception {
        return CurlSample.post(folder, server.url() + path, "OPENAI_API_KEY", body);
    }

    /** The README prints Python expressions for three values. */
    private static PrintedShape chatShape() {
        String printed =
                document.after("Generate Endpoint: /chat/completions")
                        .after("Returns:")
                        .firstJson();
        return PrintedShape.of(
                new PythonSample(printed)
                        .replace("time.time()", "0")
                        .replace("request.model", "\"\"")
                        .replace("generated_text", "\"\"")
                        .code());
    }
}
