package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.HttpReply.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of the documented ids, on models that could do more. */
final class DocumentedLimitsTest {

    @TempDir private static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        Engine engine =
                Engine.builder()
                        .model("text", LongContextModels.text(folder.resolve("text")))
                        .model("vectors", LongContextModels.vectors(folder.resolve("vectors")))
                        .open();
        server = new TestServer(engine, ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static HttpReply generate(String id, int promptTokens, int maxTokens) {
        return server.post(
                "/api/v1/models/" + id + "/generate",
                "{\"prompt\":\"%s\",\"raw\":true,\"max_tokens\":%d}"
                        .formatted("c".repeat(promptTokens), maxTokens));
    }

    private static void assertNames(int limit, String code, HttpReply reply) {
        assertEquals(400, reply.status(), reply.body());
        String message = reply.json().at("error.message").text();
        assertTrue(message.contains(Integer.toString(limit)), message);
        assertEquals(code, reply.json().at("error.code").text());
    }

    /** B10 to B13. */
    @ParameterizedTest
    @CsvSource({
        "bluefly-text-1, 4096, 4096",
        "bluefly-text-1-v2, 4096, 4096",
        "bluefly-text-1-long, 16384, 4096",
        "bluefly-doc-1, 32768, 4096",
        "bluefly-code-1, 8192, 8192"
    })
    void b10_limitsOfText(String id, int maxInput, int maxOutput) {
        assertNames(maxInput, "context_length_exceeded", generate(id, maxInput + 1, 1));
        assertNames(maxOutput, "max_tokens_exceeded", generate(id, 10, maxOutput + 1));
        HttpReply good = generate(id, 10, 1);
        assertEquals(200, good.status(), good.body());
    }

    /** What one of them refuses the longer one takes. */
    @Test
    void b11_aLongerPrompt() {
        assertNames(4096, "context_length_exceeded", generate("bluefly-text-1", 5000, 1));
        HttpReply good = generate("bluefly-text-1-long", 5000, 1);
        assertEquals(200, good.status(), good.body());
        assertEquals(5000, good.json().at("usage.prompt_tokens").integer());
    }

    /** B14. */
    @Test
    void b14_limitsOfVectors() {
        String path = "/api/v1/models/bluefly-embedding-1/embeddings";
        HttpReply refused = server.post(path, "{\"input\":\"%s\"}".formatted("c".repeat(9000)));
        assertNames(8192, "context_length_exceeded", refused);
        HttpReply other = generate("bluefly-embedding-1", 10, 1);
        assertEquals(400, other.status());
        assertEquals("model_task_mismatch", other.json().at("error.code").text());
    }

    @ParameterizedTest
    @CsvSource({"bluefly-text-1, 4096, 4096", "text, 40960, 40960"})
    void listsWhatHolds(String id, int maxInput, int maxOutput) {
        Json model = server.get("/api/v1/models/" + id).json();
        assertEquals(maxInput, model.at("max_input_tokens").integer());
        assertEquals(maxOutput, model.at("max_output_tokens").integer());
    }
}
