package dev.nightjar.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.ToolChoice;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** LangChain4j's requests as the engine's. */
final class Requests {

    private Requests() {}

    static TextRequest textRequest(ChatRequest request, NightjarSettings settings) {
        ChatPrompt prompt = ChatPrompt.of(Messages.of(request.messages()));
        if (!request.toolSpecifications().isEmpty()) {
            prompt =
                    prompt.withTools(
                            request.toolSpecifications().stream().map(Schemas::tool).toList());
        }
        TextRequest text =
                TextRequest.chat(prompt)
                        .withSampling(sampling(request))
                        .withOutput(output(request));
        return settings.refinement().apply(text);
    }

    /** What the request leaves open stays with the plain distribution. */
    private static SamplingParams sampling(ChatRequest request) {
        SamplingParams.Builder sampling = SamplingParams.builder();
        given(request.temperature(), sampling::temperature);
        given(request.topP(), sampling::topP);
        given(request.topK(), sampling::topK);
        given(request.frequencyPenalty(), sampling::frequencyPenalty);
        given(request.presencePenalty(), sampling::presencePenalty);
        given(request.maxOutputTokens(), sampling::maxTokens);
        return sampling.build();
    }

    private static <T> void given(T value, Consumer<T> knob) {
        if (value != null) {
            knob.accept(value);
        }
    }

    private static TextOutput output(ChatRequest request) {
        TextOutput output = TextOutput.plain().withToolChoice(toolChoice(request));
        List<String> stop = request.stopSequences();
        if (!stop.isEmpty()) {
            output = output.withStop(stop);
        }
        Optional<OutputFormat> format = format(request.responseFormat());
        return format.isPresent() ? output.withFormat(format.get()) : output;
    }

    private static ToolChoice toolChoice(ChatRequest request) {
        return switch (request.toolChoice()) {
            case null -> new ToolChoice.Auto();
            case AUTO -> new ToolChoice.Auto();
            case REQUIRED -> new ToolChoice.Required();
            case NONE -> new ToolChoice.None();
        };
    }

    private static Optional<OutputFormat> format(ResponseFormat format) {
        if (format == null || format.type() != ResponseFormatType.JSON) {
            return Optional.empty();
        }
        return Optional.of(
                format.jsonSchema() == null
                        ? new OutputFormat.JsonObject()
                        : new OutputFormat.JsonSchema(
                                Schemas.text(format.jsonSchema().rootElement())));
    }
}
