package dev.nightjar.langchain4j;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.text.TextModel;
import java.util.List;
import java.util.Set;

/**
 * A model of an engine in this JVM as LangChain4j's {@link ChatModel}. Safe for use by many
 * threads; the caller's thread waits, platform or virtual.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open(Path.of("model.gguf"))) {
 *     ChatModel model = new NightjarChatModel(engine);
 *     System.out.println(model.chat("What is the capital of France?"));
 * }
 * }</pre>
 *
 * <p>Answers with a JSON schema and required tool calls are held to their form token by token. All
 * failures are LangChain4j's own exceptions, the engine's as their cause.
 */
public final class NightjarChatModel implements ChatModel {

    private final NightjarSettings settings;

    /** The first model of an engine. */
    public NightjarChatModel(Engine engine) {
        this(NightjarSettings.of(engine));
    }

    /** As the settings say. */
    public NightjarChatModel(NightjarSettings settings) {
        this.settings = settings;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        try {
            TextModel model = settings.engine().require(request.modelName());
            return Responses.of(
                    model.name(), model.generate(Requests.textRequest(request, settings)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LangChain4jException("interrupted while the model answered", interrupted);
        } catch (RuntimeException failure) {
            throw Failures.mapped(failure);
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return settings.defaults();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return settings.listeners();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }
}
