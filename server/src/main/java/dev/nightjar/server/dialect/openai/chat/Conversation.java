package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.dialect.openai.surface.Liberty;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.json.PlainValues;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the members of a body that say what a chat template is rendered with, and which one. */
public final class Conversation {

    private static final Field<String> TEMPLATE =
            Field.string("chat_template", "A Jinja template instead of the model's own.");
    private static final Field<Map<String, Object>> VARIABLES =
            Field.of(
                    "chat_template_kwargs",
                    FieldSchema.of("{\"type\":\"object\"}"),
                    "More names for the template.",
                    field -> PlainValues.map(field.object().object()));
    private static final Field<List<?>> DOCUMENTS =
            Field.of(
                    "documents",
                    FieldSchema.of("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"),
                    "What the model may quote, for templates that take documents.",
                    Conversation::objects);
    private static final Field<Boolean> ENDS_WITH_TURN =
            Field.bool(
                    "add_generation_prompt",
                    "Whether the prompt ends where the assistant is to speak.");

    private final Field<List<ChatMessage>> messages;
    private final Optional<Field<List<ChatMessage>>> inputs;
    private final String systemPrompt;

    /** At this place. */
    public Conversation(Surface surface) {
        this.systemPrompt = surface.systemPrompt();
        ChatMessages reader = new ChatMessages(surface.takes(Liberty.LOOSE_MESSAGES));
        this.messages =
                Field.of("messages", reader.schema(), "The conversation so far.", reader::read);
        this.inputs =
                surface.takes(Liberty.INPUTS)
                        ? Optional.of(
                                Field.of(
                                        "inputs",
                                        FieldSchema.anyOf(FieldSchema.string(), reader.schema()),
                                        "What the user says, or messages.",
                                        reader::readInputs))
                        : Optional.empty();
    }

    /** The members read here. */
    public List<Field<?>> fields() {
        List<Field<?>> all =
                new ArrayList<>(
                        List.of(
                                messages,
                                TEMPLATE,
                                VARIABLES,
                                ReasoningField.EFFORT,
                                DOCUMENTS,
                                ENDS_WITH_TURN));
        inputs.ifPresent(field -> all.add(1, field));
        return all;
    }

    /** The conversation of a body. */
    public Prompt.Chat read(RequestObject body) {
        ChatPrompt prompt = ChatPrompt.of(introduced(messages(body)));
        Optional<List<?>> documents = body.get(DOCUMENTS);
        if (documents.isPresent()) {
            prompt = prompt.withDocuments(documents.get());
        }
        Map<String, Object> own = body.get(VARIABLES).orElse(Map.of());
        prompt = prompt.withVariables(ReasoningField.variables(body, own));
        return new Prompt.Chat(
                body.get(ENDS_WITH_TURN).orElse(true)
                        ? prompt
                        : prompt.withEnding(ChatPrompt.Ending.LAST_MESSAGE),
                body.get(TEMPLATE));
    }

    /** Begins with the system prompt of this place, unless the client has one of its own. */
    private List<ChatMessage> introduced(List<ChatMessage> messages) {
        boolean hasOwn = messages.stream().anyMatch(message -> message.role().equals("system"));
        if (systemPrompt.isEmpty() || hasOwn) {
            return messages;
        }
        List<ChatMessage> all = new ArrayList<>();
        all.add(new ChatMessage("system", systemPrompt));
        all.addAll(messages);
        return all;
    }

    private List<ChatMessage> messages(RequestObject body) {
        Optional<List<ChatMessage>> other = inputs.flatMap(body::get);
        if (other.isEmpty()) {
            return body.require(messages);
        }
        if (body.field(messages.name()).isPresent()) {
            throw body.required("inputs")
                    .refused("messages and inputs are two names of one thing; give one of them");
        }
        return other.get();
    }

    /** The objects of an array. */
    static List<?> objects(RequestField array) {
        return array.elements().stream()
                .map(element -> PlainValues.map(element.object().object()))
                .toList();
    }
}
