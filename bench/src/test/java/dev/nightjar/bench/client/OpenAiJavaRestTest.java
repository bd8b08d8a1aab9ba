package dev.nightjar.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.ResultTable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models, completions and errors of OpenAI's client for Java. */
@Tag("full")
class OpenAiJavaRestTest {

    private static final ResultTable TABLE =
            new ResultTable(OpenAiJava.NAME + ": models, completions, errors");
    private static DemoServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        server = DemoServer.start();
        client = OpenAiJava.connect(server);
        TABLE.add("errors, 401", "not yet: there are no access tokens before their issue");
    }

    @AfterAll
    static void stop() {
        TABLE.close();
        client.close();
        server.close();
    }

    @Test
    void models() throws Throwable {
        TABLE.run(
                "models, list and retrieve, an id with a slash",
                () -> {
                    assertTrue(client.models().list().autoPager().stream().count() > 1);
                    assertEquals(
                            DemoServer.SLASHED, client.models().retrieve(DemoServer.SLASHED).id());
                });
    }

    @Test
    void completions() throws Throwable {
        TABLE.run(
                "completions, several prompts",
                () ->
                        assertEquals(
                                List.of(0L, 1L),
                                client
                                        .completions()
                                        .create(
                                                completion()
                                                        .promptOfArrayOfStrings(
                                                                List.of("Once", "The cat"))
                                                        .build())
                                        .choices()
                                        .stream()
                                        .map(CompletionChoice::index)
                                        .toList()));
    }

    @Test
    void logprobs() throws Throwable {
        TABLE.run(
                "completions, echo and logprobs",
                () -> {
                    CompletionChoice choice =
                            client.completions()
                                    .create(completion().logprobs(2).build())
                                    .choices()
                                    .getFirst();
                    var logprobs = choice.logprobs().orElseThrow();
                    assertEquals(choice.text(), String.join("", logprobs.tokens().orElseThrow()));
                    String echoed =
                            client.completions()
                                    .create(completion().echo(true).build())
                                    .choices()
                                    .getFirst()
                                    .text();
                    assertEquals("Once upon a time" + choice.text(), echoed);
                });
    }

    /** OpenAI itself sends null until the end, which the types of this client do not allow. */
    @Test
    void streamedCompletions() throws Throwable {
        TABLE.run(
                "completions, streamed (unchecked: finish_reason is null until the end)",
                () -> {
                    StringBuilder text = new StringBuilder();
                    try (StreamResponse<Completion> chunks =
                            client.completions()
                                    .createStreaming(
                                            completion().build(),
                                            RequestOptions.builder()
                                                    .responseValidation(false)
                                                    .build())) {
                        chunks.stream()
                                .flatMap(chunk -> chunk.choices().stream())
                                .forEach(choice -> text.append(choice.text()));
                    }
                    assertEquals(
                            client.completions()
                                    .create(completion().build())
                                    .choices()
                                    .getFirst()
                                    .text(),
                            text.toString());
                });
    }

    @Test
    void badRequest() throws Throwable {
        TABLE.run(
                "errors, 400",
                () -> {
                    BadRequestException error =
                            refusal(BadRequestException.class, question().temperature(9.0));
                    assertEquals("temperature", error.param().orElseThrow());
                });
    }

    @Test
    void notFound() throws Throwable {
        TABLE.run(
                "errors, 404",
                () ->
                        assertEquals(
                                "model_not_found",
                                refusal(NotFoundException.class, question().model("nope"))
                                        .code()
                                        .orElseThrow()));
    }

    @Test
    void deadline() throws Throwable {
        TABLE.run(
                "errors, 504",
                () ->
                        assertEquals(
                                504,
                                refusal(
                                                InternalServerException.class,
                                                question()
                                                        .maxCompletionTokens(900)
                                                        .temperature(2.0)
                                                        .putAdditionalBodyProperty(
                                                                "ignore_eos", JsonValue.from(true))
                                                        .putAdditionalHeader(
                                                                "OICM-Request-Timeout", "0.05"))
                                        .statusCode()));
    }

    @Test
    void fullQueue() throws Throwable {
        TABLE.run(
                "errors, 429",
                () -> {
                    try (DemoServer narrow = DemoServer.startNarrow()) {
                        OpenAIClient many = OpenAiJava.connect(narrow);
                        List<Class<?>> outcomes =
                                IntStream.range(0, 8).mapToObj(i -> outcome(many)).toList().stream()
                                        .map(CompletableFuture::join)
                                        .<Class<?>>map(Object::getClass)
                                        .toList();
                        assertTrue(outcomes.contains(RateLimitException.class), outcomes::toString);
                    }
                });
    }

    private static CompletableFuture<Object> outcome(OpenAIClient many) {
        ChatCompletionCreateParams request =
                question().maxCompletionTokens(300).temperature(2.0).build();
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return many.chat().completions().create(request);
                    } catch (OpenAIServiceException error) {
                        return error;
                    }
                },
                runnable -> Thread.ofVirtual().start(runnable));
    }

    private static <E extends OpenAIServiceException> E refusal(
            Class<E> kind, ChatCompletionCreateParams.Builder request) {
        E error = assertThrows(kind, () -> client.chat().completions().create(request.build()));
        assertFalse(error.headers().values("x-request-id").isEmpty());
        assertTrue(error.type().isPresent());
        return error;
    }

    private static ChatCompletionCreateParams.Builder question() {
        return OpenAiJava.question("Tell me a short story.");
    }

    private static CompletionCreateParams.Builder completion() {
        return CompletionCreateParams.builder()
                .model(DemoServer.MODEL)
                .prompt("Once upon a time")
                .maxTokens(12)
                .temperature(0.0);
    }
}
