package dev.nightjar.server.dialect.openai;

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
import java.util.stream.Stream;

/** Reads the messages of a conversation. */
final class ChatMessages {

    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool");

    private static final Set<String> MAIN_NAMES = Set.of("role", "content");

    /** Members that the template gets as they are. */
    private static final List<String> PASSED_NAMES =
            List.of("name", "tool_calls", "tool_call_id", "reasoning_content");

    /** Members that may be present as long as they ask for nothing. */
    private static final Set<String> UNSUPPORTED_NAMES =
            Set.of("refusal", "function_call", "audio");

    private static final Set<String> NAMES =
            Stream.of(MAIN_NAMES, PASSED_NAMES, UNSUPPORTED_NAMES)
                    .flatMap(names -> names.stream())
                    .collect(Collectors.toUnmodifiableSet());

    private ChatMessages() {}

    /** The messages, at least one. */
    static List<ChatMessage> parse(RequestField messages) {
        List<RequestField> elements = messages.elements();
        if (elements.isEmpty()) {
            return messages.expected("an array of at least one message", "an empty one");
        }
        return elements.stream().map(message -> message(message.object())).toList();
    }

    private static ChatMessage message(RequestObject message) {
        message.ignoreAllBut(NAMES);
        RequestField role = message.required("role");
        if (!ROLES.contains(role.string())) {
            return role.expected(
                    "one of system, developer, user, assistant, tool", "'" + role.string() + "'");
        }
        UNSUPPORTED_NAMES.forEach(
                name -> message.field(name).ifPresent(ChatMessages::refuseUnlessEmpty));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("role", templateRole(role.string()));
        members.put("content", content(message));
        for (String name : PASSED_NAMES) {
            message.field(name).ifPresent(field -> members.put(name, passed(field)));
        }
        return new ChatMessage(members);
    }

    /** The name that newer clients give to the system's role is unknown to templates. */
    private static String templateRole(String role) {
        return role.equals("developer") ? "system" : role;
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
        boolean mayBeSilent = message.field("tool_calls").isPresent();
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
        if (!type.string().equals("text")) {
            throw type.refused(
                    "%s '%s' is not supported; this server takes parts of type 'text'"
                            .formatted(type.path(), type.string()));
        }
        part.ignoreAllBut(Set.of("type", "text"));
        return part.required("text").string();
    }
}
