package dev.nightjar.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.text.TextRequest;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the chat models of this package are made with. Build it with {@link #of} and the {@code
 * with…} methods.
 *
 * <pre>{@code
 * var settings = NightjarSettings.of(engine)
 *         .withDefaults(ChatRequestParameters.builder().temperature(0.2).build())
 *         .withRefinement(request -> request.withTimeout(Duration.ofSeconds(30)));
 * ChatModel model = new NightjarChatModel(settings);
 * }</pre>
 *
 * @param engine where the models live; whoever opened it closes it
 * @param defaults count where a request says nothing; their model name is the engine's first model
 *     unless they have one
 * @param listeners hear of every request and answer
 * @param refinement has the last word on each request, for what LangChain4j has no name for: seeds,
 *     deadlines, cache salts, more filters
 */
public record NightjarSettings(
        Engine engine,
        ChatRequestParameters defaults,
        List<ChatModelListener> listeners,
        UnaryOperator<TextRequest> refinement) {

    /** Names the model and copies the listeners. */
    public NightjarSettings {
        ChatRequestParameters named =
                ChatRequestParameters.builder().modelName(engine.model().name()).build();
        defaults = named.overrideWith(defaults);
        listeners = List.copyOf(listeners);
    }

    /** The first model of an engine, without defaults and listeners. */
    public static NightjarSettings of(Engine engine) {
        return new NightjarSettings(
                engine,
                ChatRequestParameters.builder().build(),
                List.of(),
                UnaryOperator.identity());
    }

    /** With other defaults; {@code modelName} chooses another model of the engine. */
    public NightjarSettings withDefaults(ChatRequestParameters value) {
        return new NightjarSettings(engine, value, listeners, refinement);
    }

    /** With other listeners. */
    public NightjarSettings withListeners(List<ChatModelListener> value) {
        return new NightjarSettings(engine, defaults, value, refinement);
    }

    /** With another last word on each request. */
    public NightjarSettings withRefinement(UnaryOperator<TextRequest> value) {
        return new NightjarSettings(engine, defaults, listeners, value);
    }
}
