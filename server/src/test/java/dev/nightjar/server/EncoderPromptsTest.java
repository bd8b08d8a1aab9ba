package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.engine.encoder.Prompt;
import dev.nightjar.server.HttpReply.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of token vectors over HTTP, and prompts of a model's files by name and by default. */
final class EncoderPromptsTest {

    private static final String TEXT = "cats and dogs";
    private static final String PROMPTS =
            """
            {"prompts": {"query": "find this: ", "passage": "read this: "},
             "default_prompt_name": "passage"}
            """;

    @TempDir private Path folder;

    private Engine open() throws IOException {
        Path source = TestModels.shared("data/embed/test-model-float32");
        try (var files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.writeString(folder.resolve("config_sentence_transformers.json"), PROMPTS);
        return Engine.builder().model("table", folder).open();
    }

    private static void assertVector(Embedding expected, Json array) {
        for (int i = 0; i < expected.vector().length; i++) {
            assertEquals(expected.vector()[i], array.at(Integer.toString(i)).number(), 1e-6);
        }
    }

    @Test
    void promptsGoInFront() throws Exception {
        try (Engine engine = open();
                TestServer server = new TestServer(engine, ServerOptions.defaults())) {
            EmbedOptions bare = EmbedOptions.defaults().withPrompt(new Prompt.Text(""));
            List<Embedding> expected =
                    engine.encoders()
                            .getFirst()
                            .embed(List.of("find this: " + TEXT, "read this: " + TEXT, TEXT), bare);
            String embed = "/models/table/proxy/embed";
            String body = "{\"inputs\":\"%s\"%s}";
            HttpReply query =
                    server.post(embed, body.formatted(TEXT, ",\"prompt_name\":\"query\""));
            assertVector(expected.get(0), query.json().at("0"));
            HttpReply usual = server.post(embed, body.formatted(TEXT, ""));
            assertVector(expected.get(1), usual.json().at("0"));
            String openAi = "{\"model\":\"table\",\"input\":\"%s\"}".formatted(TEXT);
            HttpReply answer = server.post("/v1/embeddings", openAi);
            assertVector(expected.get(1), answer.json().at("data.0.embedding"));
            assertEquals(
                    expected.get(1).numTokens(), answer.json().at("usage.prompt_tokens").integer());
            HttpReply unknown =
                    server.post(embed, body.formatted(TEXT, ",\"prompt_name\":\"title\""));
            assertEquals(422, unknown.status(), unknown.body());
            String message = unknown.json().at("error").text();
            assertTrue(message.contains("title") && message.contains("query, passage"), message);
            HttpReply alike =
                    server.post(
                            "/models/table/proxy/v1/similarity",
                            """
                            {"inputs":{"source_sentence":"%s","sentences":["find this: %s"]},
                             "parameters":{"prompt_name":"query"}}
                            """
                                    .formatted(TEXT, TEXT));
            assertEquals(200, alike.status(), alike.body());
            assertTrue(alike.json().at("0").number() < 1 - 1e-6, alike.body());
        }
    }
}
