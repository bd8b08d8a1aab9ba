package dev.nightjar.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.nightjar.engine.text.TextRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole answers of the demo model through LangChain4j. */
class NightjarChatModelTest {

    @RegisterExtension static final DemoEngine DEMO = new DemoEngine();

    private static final ChatRequestParameters GREEDY =
            ChatRequestParameters.builder().temperature(0.0).maxOutputTokens(200).build();

    private NightjarSettings settings;
    private NightjarChatModel model;

    @BeforeEach
    void greedy() {
        settings = NightjarSettings.of(DEMO.engine()).withDefaults(GREEDY);
        model = new NightjarChatModel(settings);
    }

    @Test
    void answersAsTheEngineDoes() {
        assertEquals(
                "The capital of France is Paris.", model.chat("What is the capital of France?"));

        ChatResponse response = model.chat(UserMessage.from("What is 2 + 2?"));
        assertEquals("2 + 2 = 4.", response.aiMessage().text());
        assertNull(response.aiMessage().thinking());
        assertEquals(FinishReason.STOP, response.finishReason());
        assertEquals("nightjar-demo", response.modelName());
        assertTrue(response.tokenUsage().inputTokenCount() > 5);
        assertTrue(response.tokenUsage().outputTokenCount() > 3);
    }

    @Test
    void parametersReachTheEngine() {
        List<TextRequest> seen = new ArrayList<>();
        NightjarChatModel watched =
                new NightjarChatModel(
                        settings.withRefinement(
                                request -> {
                                    seen.add(request);
                                    // Drawn at random, even a story may end at once.
                                    return request.withSampling(drawn -> drawn.ignoreEos(true));
                                }));
        ChatResponse response =
                watched.chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("Tell me a story."))
                                .temperature(0.7)
                                .topP(0.9)
                                .topK(40)
                                .frequencyPenalty(0.5)
                                .presencePenalty(0.25)
                                .maxOutputTokens(3)
                                .stopSequences(List.of("zebra"))
                                .build());
        assertEquals(FinishReason.LENGTH, response.finishReason());
        assertEquals(3, response.tokenUsage().outputTokenCount());
        TextRequest request = seen.getFirst();
        assertEquals(0.7f, request.sampling().temperature());
        assertEquals(0.9f, request.sampling().topP());
        assertEquals(40, request.sampling().topK());
        assertEquals(0.5f, request.sampling().frequencyPenalty());
        assertEquals(0.25f, request.sampling().presencePenalty());
        assertEquals(List.of("zebra"), request.output().stop());
    }

    @Test
    void stopSequencesEndTheText() {
        ChatResponse response =
                model.chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("Count to five."))
                                .stopSequences(List.of(", 4"))
                                .build());
        assertEquals("1, 2, 3", response.aiMessage().text());
        assertEquals(FinishReason.STOP, response.finishReason());
    }

    @Test
    void answersWithASchemaAreValid() throws Exception {
        JsonSchema schema =
                JsonSchema.builder()
                        .name("weather")
                        .rootElement(
                                JsonObjectSchema.builder()
                                        .addEnumProperty("colour", List.of("red", "blue"))
                                        .addBooleanProperty("cloudy")
                                        .required("colour", "cloudy")
                                        .additionalProperties(false)
                                        .build())
                        .build();
        ChatResponse response =
                model.chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("What colour is the sky?"))
                                .responseFormat(
                                        ResponseFormat.builder()
                                                .type(ResponseFormatType.JSON)
                                                .jsonSchema(schema)
                                                .build())
                                .build());
        JsonNode sky = new ObjectMapper().readTree(response.aiMessage().text());
        assertTrue(Set.of("red", "blue").contains(sky.get("colour").asText()), sky::toString);
        assertTrue(sky.get("cloudy").isBoolean(), sky::toString);
        assertEquals(2, sky.size());
    }

    @Test
    void anyJsonParses() throws Exception {
        ChatResponse response =
                model.chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("Tell me about cats as JSON."))
                                .responseFormat(ResponseFormat.JSON)
                                .build());
        if (response.finishReason() == FinishReason.STOP) {
            assertTrue(new ObjectMapper().readTree(response.aiMessage().text()).isObject());
        } else {
            assertEquals(FinishReason.LENGTH, response.finishReason());
        }
    }

    @Test
    void aRequiredToolIsCalledAndItsResultAnswered() throws Exception {
        UserMessage question = UserMessage.from("What's the weather in Lisbon right now?");
        ChatResponse first =
                model.chat(
                        ChatRequest.builder()
                                .messages(question)
                                .toolSpecifications(DemoEngine.WEATHER)
                                .toolChoice(ToolChoice.REQUIRED)
                                .build());
        assertEquals(FinishReason.TOOL_EXECUTION, first.finishReason());
        assertNull(first.aiMessage().text());
        ToolExecutionRequest call = first.aiMessage().toolExecutionRequests().getFirst();
        assertEquals("get_weather", call.name());
        assertTrue(new ObjectMapper().readTree(call.arguments()).get("city").isTextual());

        ChatResponse second =
                model.chat(
                        ChatRequest.builder()
                                .messages(
                                        question,
                                        first.aiMessage(),
                                        ToolExecutionResultMessage.from(
                                                call, "{\"weather\": \"sunny\", \"degrees\": 21}"))
                                .toolSpecifications(DemoEngine.WEATHER)
                                .build());
        assertEquals(FinishReason.STOP, second.finishReason());
        assertTrue(second.aiMessage().text().length() > 5);
    }

    @Test
    void whatCannotBeReadIsUnsupported() {
        assertThrows(
                UnsupportedFeatureException.class,
                () -> model.chat(UserMessage.from(ImageContent.from("http://127.0.0.1/cat.png"))));
    }

    @Test
    void failuresAreLangChain4jsOwn() {
        ChatRequest elsewhere =
                ChatRequest.builder()
                        .messages(UserMessage.from("Hello!"))
                        .modelName("gpt-4o")
                        .build();
        ModelNotFoundException missing =
                assertThrows(ModelNotFoundException.class, () -> model.chat(elsewhere));
        assertTrue(missing.getMessage().contains("nightjar-demo"), missing.getMessage());

        ChatRequest tooHot =
                ChatRequest.builder()
                        .messages(UserMessage.from("Hello!"))
                        .temperature(1000.0)
                        .build();
        InvalidRequestException invalid =
                assertThrows(InvalidRequestException.class, () -> model.chat(tooHot));
        assertInstanceOf(
                dev.nightjar.engine.request.InvalidRequestException.class, invalid.getCause());

        assertThrows(
                InvalidRequestException.class,
                () -> model.chat(UserMessage.from("word ".repeat(4000))));
    }

    @Test
    void listenersHearOfRequestsAnswersAndErrors() {
        List<String> heard = new ArrayList<>();
        ChatModelListener listener =
                new ChatModelListener() {
                    @Override
                    public void onRequest(ChatModelRequestContext context) {
                        heard.add("request " + context.chatRequest().modelName());
                    }

                    @Override
                    public void onResponse(ChatModelResponseContext context) {
                        heard.add("answer " + context.chatResponse().modelName());
                    }

                    @Override
                    public void onError(ChatModelErrorContext context) {
                        heard.add("error");
                    }
                };
        NightjarChatModel heardOf =
                new NightjarChatModel(settings.withListeners(List.of(listener)));
        heardOf.chat(SystemMessage.from("Be brief."), UserMessage.from("Hello!"));
        assertThrows(
                InvalidRequestException.class,
                () -> heardOf.chat(UserMessage.from("word ".repeat(4000))));
        assertEquals(
                List.of(
                        "request nightjar-demo",
                        "answer nightjar-demo",
                        "request nightjar-demo",
                        "error"),
                heard);
    }
}
