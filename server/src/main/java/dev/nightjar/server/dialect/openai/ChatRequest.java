package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a chat completion.
 *
 * @param model the model's name; a server of one model needs none
 * @param conversation what is to be answered
 * @param params the rest
 */
record ChatRequest(Optional<String> model, Prompt.Chat conversation, GenerationParams params) {

    static ChatRequest parse(RequestObject body) {
        Set<String> names = new HashSet<>(Conversation.NAMES);
        names.add("model");
        UnsupportedParams.ofChat().refuseIn(body, names);
        return new ChatRequest(
                body.field("model").map(RequestField::string),
                Conversation.parse(body),
                GenerationParams.parse(body, Integer.MAX_VALUE));
    }

    List<TextRequest> sequences() {
        return params.sequences(List.of(conversation));
    }
}
