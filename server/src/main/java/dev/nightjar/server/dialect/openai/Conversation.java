package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.json.PlainValues;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.util.List;
import java.util.Optional;

/** Reads the members of a body that say what a chat template is rendered with, and which one. */
final class Conversation {

    /** The members read here. */
    static final List<Field<?>> FIELDS =
            List.of(
                    Field.of(
                            "messages",
                            FieldSchema.of(
                                    "{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"object\"}}"),
                            "The conversation so far.",
                            ChatMessages::parse),
                    Field.string("chat_template", "A Jinja template instead of the model's own."),
                    Field.of(
                            "chat_template_kwargs",
                            FieldSchema.of("{\"type\":\"object\"}"),
                            "More names for the template.",
                            RequestField::object),
                    Field.of(
                            "documents",
                            FieldSchema.of("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"),
                            "What the model may quote, for templates that take documents.",
                            Conversation::objects),
                    Field.bool(
                            "add_generation_prompt",
                            "Whether the prompt ends where the assistant is to speak."));

    private Conversation() {}

    static Prompt.Chat parse(RequestObject body) {
        ChatPrompt prompt = ChatPrompt.of(ChatMessages.parse(body.required("messages")));
        Optional<RequestField> documents = body.field("documents");
        if (documents.isPresent()) {
            prompt = prompt.withDocuments(objects(documents.get()));
        }
        Optional<RequestField> variables = body.field("chat_template_kwargs");
        if (variables.isPresent()) {
            prompt = prompt.withVariables(PlainValues.map(variables.get().object().object()));
        }
        boolean ends = body.field("add_generation_prompt").map(RequestField::bool).orElse(true);
        return new Prompt.Chat(
                ends ? prompt : prompt.withEnding(ChatPrompt.Ending.LAST_MESSAGE),
                body.field("chat_template").map(RequestField::string));
    }

    /** The objects of an array. */
    static List<?> objects(RequestField array) {
        return array.elements().stream()
                .map(element -> PlainValues.map(element.object().object()))
                .toList();
    }
}
