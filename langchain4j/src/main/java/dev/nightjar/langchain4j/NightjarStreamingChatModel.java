package dev.nightjar.langchain4j;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextStream;
import java.util.List;
import java.util.Set;

/**
 * A model of an engine in this JVM as LangChain4j's {@link StreamingChatModel}. Calls return at
 * once; a virtual thread of its own calls the handler. A request that is refused is refused to the
 * caller, by an exception; what goes wrong later goes to the handler.
 *
 * <p>A handler that falls behind pauses its own answer and no other. Cancelling ends the generation
 * within one step of the engine, after which the handler is not called again.
 */
public final class NightjarStreamingChatModel implements StreamingChatModel {

    private final NightjarSettings settings;

    /** The first model of an engine. */
    public NightjarStreamingChatModel(Engine engine) {
        this(NightjarSettings.of(engine));
    }

    /** As the settings say. */
    public NightjarStreamingChatModel(NightjarSettings settings) {
        this.settings = settings;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        try {
            TextModel model = settings.engine().require(request.modelName());
            TextStream stream = model.start(Requests.textRequest(request, settings));
            Delivery delivery = new Delivery(model.name(), stream, handler);
            Thread.ofVirtual().name("nightjar-answer").start(delivery::run);
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
