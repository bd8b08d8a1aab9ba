package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.json.PlainValues;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the messages of a conversation. */
final class ChatMessages {

    private static final String USER = "user";
    private static final List<String> ROLES =
            List.of("system", "developer", USER, "assistant", "tool", "function");

    /** Members that the template gets as they are. */
    private static final List<String> PASSED_NAMES =
            List.of("name", "tool_calls", "tool_call_id", "reasoning_content");

    /** Members that may be present as long as they ask for nothing. */
    private static final Set<String> UNSUPPORTED_NAMES = Set.of("refusal", "audio");

    private static final Set<String> NAMES =
            Set.of(
                    "role",
                    "content",
                    "name",
                    "tool_calls",
                    "tool_call_id",
                    "reasoning_content",
                    "function_call",
                    "refusal",
                    "audio");

    private final boolean isLoose;

    /** Loose ones may be strings and have roles of any name, or none. */
    ChatMessages(boolean isLoose) {
        this.isLoose = isLoose;
    }

    /** What is read here. */
    FieldSchema schema() {
        return FieldSchema.of(
                        "{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":%s}}"
                                .formatted(isLoose ? "[\"object\",\"string\"]" : "\"object\""))
                .withExamples("[{\"role\":\"user\",\"content\":\"Hello!\"}]");
    }

    /** The messages, at least one. */
    List<ChatMessage> read(RequestField messages) {
        List<RequestField> elements = messages.elements();
        if (elements.isEmpty()) {
            return messages.expected("an array of at least one message", "an empty one");
        }
        return elements.stream().map(this::message).toList();
    }

    /** What the user says, or messages. */
    List<ChatMessage> readInputs(RequestField inputs) {
        if (inputs.isString()) {
            return List.of(new ChatMessage(USER, inputs.string()));
        }
        return inputs.isArray()
                ? read(inputs)
                : inputs.expected("a string or an array of messages");
    }

    private ChatMessage message(RequestField element) {
        if (isLoose && element.isString()) {
            return new ChatMessage(USER, element.string());
        }
        RequestObject message = element.object();
        message.ignoreAllBut(NAMES);
        UNSUPPORTED_NAMES.forEach(
                name -> message.field(name).ifPresent(ChatMessages::refuseUnlessEmpty));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("role", role(message));
        members.put("content", content(message));
        for (String name : PASSED_NAMES) {
            message.field(name).ifPresent(field -> members.put(name, passed(field)));
        }
        message.field("function_call")
                .ifPresent(call -> members.put("tool_calls", List.of(LegacyCalls.read(call))));
        return new ChatMessage(members);
    }

    /** Templates do not know the newer name of the system's role and the older one of tools'. */
    private String role(RequestObject message) {
        if (isLoose && message.field("role").isEmpty()) {
            return USER;
        }
        RequestField role = message.required("role");
        String name = isLoose ? known(role.string()) : role.word(ROLES);
        return switch (name) {
            case "developer" -> "system";
            case "function" -> "tool";
            default -> name;
        };
    }

    private static String known(String role) {
        return ROLES.contains(role) ? role : USER;
    }

    private static void refuseUnlessEmpty(RequestField field) {
        boolean isEmpty = field.isString() ? field.string().isEmpty() : field.elements().isEmpty();
        if (!isEmpty) {
            throw NotServed.refusal(field);
        }
    }

    private static Object passed(RequestField field) {
        if (!field.path().endsWith("tool_calls")) {
            return field.string();
        }
        return field.elements().stream()
                .map(call -> PlainValues.map(call.object().object()))
                .toList();
    }

    /** A message that calls tools may say nothing: templates print an empty text for that. */
    private static String content(RequestObject message) {
        Optional<RequestField> content = message.field("content");
        boolean mayBeSilent =
                message.field("tool_calls").isPresent()
                        || message.field("function_call").isPresent();
        return content.isEmpty() && mayBeSilent ? "" : text(message.required("content"));
    }

    private static String text(RequestField content) {
        if (content.isString()) {
            return content.string();
        }
        if (!content.isArray()) {
            return content.expected("a string or an array of text parts");
        }
        return content.elements().stream().map(ChatMessages::part).collect(Collectors.joining());
    }

    private static String part(RequestField element) {
        RequestObject part = element.object();
        RequestField type = part.required("type");
        return switch (type.string()) {
            case "text" -> textOf(part, "text");
            case "refusal" -> textOf(part, "refusal");
            default ->
                    throw type.refused(
                            "%s '%s' is not supported; this server takes parts of type 'text'"
                                    .formatted(type.path(), type.string()));
        };
    }

    private static String textOf(RequestObject part, String name) {
        part.ignoreAllBut(Set.of("type", name));
        return part.required(name).string();
    }
}
