package dev.nightjar.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.ResultTable;
import dev.nightjar.bench.sample.OpenAiSample;
import dev.nightjar.bench.sample.SourceDocument;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Chats of OpenAI's client for Java, whole and streamed. */
@Tag("full")
class OpenAiJavaChatTest {

    private static final String STORY = "Tell me a short story.";
    private static final ResultTable TABLE = new ResultTable(OpenAiJava.NAME + ": chat");
    private static DemoServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        server = DemoServer.start();
        client = OpenAiJava.connect(server);
    }

    @AfterAll
    static void stop() {
        TABLE.close();
        client.close();
        server.close();
    }

    @Test
    void whole() throws Throwable {
        TABLE.run(
                "chat",
                () -> {
                    ChatCompletion answer = create(OpenAiJava.question(STORY).build());
                    assertFalse(text(answer, 0).isBlank());
                    assertTrue(answer.usage().orElseThrow().completionTokens() > 0);
                });
    }

    @Test
    void severalChoices() throws Throwable {
        TABLE.run(
                "chat, n = 3",
                () -> {
                    ChatCompletion answer = create(OpenAiJava.question(STORY).n(3).build());
                    assertEquals(
                            List.of(0L, 1L, 2L),
                            answer.choices().stream().map(ChatCompletion.Choice::index).toList());
                });
    }

    @Test
    void logprobs() throws Throwable {
        TABLE.run(
                "chat, logprobs",
                () -> {
                    ChatCompletion answer =
                            create(
                                    OpenAiJava.question(STORY)
                                            .logprobs(true)
                                            .topLogprobs(2)
                                            .build());
                    var tokens = answer.choices().getFirst().logprobs().orElseThrow().content();
                    assertFalse(tokens.orElseThrow().isEmpty());
                    tokens.orElseThrow()
                            .forEach(token -> assertEquals(2, token.topLogprobs().size()));
                });
    }

    @Test
    void streamed() throws Throwable {
        TABLE.run("chat, streamed", () -> requireStreamAsWhole(OpenAiJava.question(STORY).build()));
    }

    @Test
    void streamedChoices() throws Throwable {
        TABLE.run(
                "chat, streamed, n = 2",
                () -> requireStreamAsWhole(OpenAiJava.question(STORY).n(2).build()));
    }

    @Test
    void streamedLogprobs() throws Throwable {
        TABLE.run(
                "chat, streamed, logprobs",
                () ->
                        requireStreamAsWhole(
                                OpenAiJava.question(STORY).logprobs(true).topLogprobs(1).build()));
    }

    @Test
    void streamedUsage() throws Throwable {
        ChatCompletionStreamOptions usage =
                ChatCompletionStreamOptions.builder().includeUsage(true).build();
        TABLE.run(
                "chat, streamed, usage",
                () ->
                        assertEquals(
                                create(OpenAiJava.question(STORY).build()).usage(),
                                stream(OpenAiJava.question(STORY).streamOptions(usage).build())
                                        .usage()));
    }

    @Test
    void leavingAStream() throws Throwable {
        TABLE.run(
                "chat, a stream is left",
                () -> {
                    ChatCompletionCreateParams request =
                            OpenAiJava.question(STORY).maxCompletionTokens(800).build();
                    try (StreamResponse<ChatCompletionChunk> chunks =
                            client.chat().completions().createStreaming(request)) {
                        assertTrue(chunks.stream().findFirst().isPresent());
                    }
                    assertFalse(text(create(OpenAiJava.question(STORY).build()), 0).isBlank());
                });
    }

    /** The program of the llm_serving README for OpenAI's Python client. */
    @Test
    void llmServingSample() throws Throwable {
        OpenAiSample sample = OpenAiSample.of(SourceDocument.read("llm-serving-api"));
        TABLE.run(
                "llm_serving's OpenAI sample at the root",
                () -> {
                    StringBuilder text = new StringBuilder();
                    OpenAIClient atRoot =
                            OpenAiJava.connect(sample.urlAt(server.url()), sample.key());
                    ChatCompletionCreateParams request =
                            ChatCompletionCreateParams.builder()
                                    .addUserMessage(sample.content())
                                    .model(sample.model())
                                    .build();
                    try (StreamResponse<ChatCompletionChunk> chunks =
                            atRoot.chat().completions().createStreaming(request)) {
                        chunks.stream()
                                .map(chunk -> chunk.choices().getFirst().delta().content())
                                .forEach(content -> content.ifPresent(text::append));
                    }
                    assertFalse(text.toString().isBlank(), "no text was streamed");
                });
    }

    private static void requireStreamAsWhole(ChatCompletionCreateParams request) {
        ChatCompletion whole = create(request);
        ChatCompletion streamed = stream(request);
        assertEquals(whole.choices().size(), streamed.choices().size());
        for (int i = 0; i < whole.choices().size(); i++) {
            assertEquals(text(whole, i), text(streamed, i));
            assertEquals(
                    whole.choices().get(i).finishReason(),
                    streamed.choices().get(i).finishReason());
            assertEquals(tokens(whole, i), tokens(streamed, i));
        }
    }

    /** Without what the client's own accumulator adds beside them. */
    private static Object tokens(ChatCompletion answer, int choice) {
        return answer.choices().get(choice).logprobs().map(logprobs -> logprobs.content());
    }

    private static ChatCompletion create(ChatCompletionCreateParams request) {
        return client.chat().completions().create(request);
    }

    private static ChatCompletion stream(ChatCompletionCreateParams request) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(request)) {
            chunks.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static String text(ChatCompletion answer, int choice) {
        return answer.choices().get(choice).message().content().orElseThrow();
    }
}
