package dev.nightjar.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.Json;
import dev.nightjar.bench.ResultTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tools and structured output of OpenAI's client for Java. */
@Tag("full")
class OpenAiJavaToolsTest {

    private static final ResultTable TABLE =
            new ResultTable(OpenAiJava.NAME + ": tools and structured output");
    private static final ChatCompletionToolChoiceOption.Auto REQUIRED =
            ChatCompletionToolChoiceOption.Auto.REQUIRED;
    private static DemoServer server;
    private static OpenAIClient client;

    /** A function as a class, which the client turns into a schema. */
    @JsonClassDescription("Get the time in a city")
    static final class GetTime {
        @JsonPropertyDescription("The city")
        public Place place;
    }

    /** An answer as a class; all enums, so that any model completes it soon. */
    static final class Animal {
        public Kind kind;
        public boolean tame;
    }

    /** Animals. */
    enum Kind {
        CAT,
        DOG
    }

    /** Cities. */
    enum Place {
        PARIS,
        LONDON
    }

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
    void auto() throws Throwable {
        TABLE.run(
                "tools, auto",
                () -> {
                    var message = create(tools().build()).choices().getFirst().message();
                    assertTrue(message.content().isPresent() || message.toolCalls().isPresent());
                });
    }

    @Test
    void required() throws Throwable {
        TABLE.run(
                "tools, required",
                () -> requireCall(create(tools().toolChoice(REQUIRED).build()), "get_weather"));
    }

    @Test
    void named() throws Throwable {
        ChatCompletionNamedToolChoice choice =
                ChatCompletionNamedToolChoice.builder()
                        .function(
                                ChatCompletionNamedToolChoice.Function.builder()
                                        .name("GetTime")
                                        .build())
                        .build();
        TABLE.run(
                "tools, named, arguments as a class",
                () -> {
                    ChatCompletion answer =
                            create(tools().addTool(GetTime.class).toolChoice(choice).build());
                    GetTime arguments =
                            requireCall(answer, "GetTime").function().arguments(GetTime.class);
                    assertTrue(List.of(Place.values()).contains(arguments.place));
                });
    }

    @Test
    void streamed() throws Throwable {
        ChatCompletionCreateParams request = tools().toolChoice(REQUIRED).build();
        TABLE.run(
                "tools, streamed",
                () -> {
                    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
                    try (StreamResponse<ChatCompletionChunk> chunks =
                            client.chat().completions().createStreaming(request)) {
                        chunks.stream().forEach(whole::accumulate);
                    }
                    assertEquals(
                            requireCall(create(request), "get_weather").function(),
                            requireCall(whole.chatCompletion(), "get_weather").function());
                });
    }

    @Test
    void results() throws Throwable {
        TABLE.run(
                "tools, results go back",
                () -> {
                    ChatCompletion asked = create(tools().toolChoice(REQUIRED).build());
                    ChatCompletion answer =
                            create(
                                    tools().addMessage(asked.choices().getFirst().message())
                                            .addMessage(
                                                    ChatCompletionToolMessageParam.builder()
                                                            .toolCallId(
                                                                    requireCall(
                                                                                    asked,
                                                                                    "get_weather")
                                                                            .id())
                                                            .content("{\"condition\": \"sunny\"}")
                                                            .build())
                                            .toolChoice(ChatCompletionToolChoiceOption.Auto.NONE)
                                            .build());
                    assertTrue(answer.choices().getFirst().message().content().isPresent());
                });
    }

    @Test
    void structured() throws Throwable {
        TABLE.run(
                "structured output as a class",
                () -> {
                    var answer =
                            client.chat()
                                    .completions()
                                    .create(
                                            OpenAiJava.question("Describe an animal.")
                                                    .responseFormat(Animal.class)
                                                    .build());
                    Animal animal = answer.choices().getFirst().message().content().orElseThrow();
                    assertTrue(List.of(Kind.values()).contains(animal.kind));
                });
    }

    @Test
    void jsonObject() throws Throwable {
        TABLE.run(
                "structured output, json_object",
                () -> {
                    ChatCompletion answer =
                            create(
                                    OpenAiJava.question("Describe an animal as JSON.")
                                            .maxCompletionTokens(300)
                                            .responseFormat(
                                                    ResponseFormatJsonObject.builder().build())
                                            .build());
                    ChatCompletion.Choice choice = answer.choices().getFirst();
                    String text = choice.message().content().orElseThrow();
                    if (choice.finishReason().equals(ChatCompletion.Choice.FinishReason.STOP)) {
                        assertTrue(Json.read(text) instanceof Map, text);
                    } else {
                        assertEquals(
                                ChatCompletion.Choice.FinishReason.LENGTH, choice.finishReason());
                    }
                });
    }

    private static ChatCompletionCreateParams.Builder tools() {
        return OpenAiJava.question("What is the weather in Paris?")
                .temperature(0.0)
                .maxCompletionTokens(200)
                .addFunctionTool(
                        FunctionDefinition.builder()
                                .name("get_weather")
                                .description("Get the weather of a city")
                                .parameters(parameters())
                                .build());
    }

    private static FunctionParameters parameters() {
        return FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty(
                        "properties",
                        JsonValue.from(Map.of("city", Map.of("enum", List.of("Paris", "London")))))
                .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                .build();
    }

    private static ChatCompletionMessageFunctionToolCall requireCall(
            ChatCompletion answer, String name) {
        ChatCompletion.Choice choice = answer.choices().getFirst();
        assertEquals(ChatCompletion.Choice.FinishReason.TOOL_CALLS, choice.finishReason());
        var call = choice.message().toolCalls().orElseThrow().getFirst().asFunction();
        assertEquals(name, call.function().name());
        assertFalse(call.id().isBlank());
        assertTrue(Json.read(call.function().arguments()) instanceof Map);
        return call;
    }

    private static ChatCompletion create(ChatCompletionCreateParams request) {
        return client.chat().completions().create(request);
    }
}
