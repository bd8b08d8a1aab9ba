package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of a chat completion.
 *
 * @param model the model's name
 * @param messages the conversation, at least one message
 * @param params the rest
 */
record ChatRequest(String model, List<ChatMessage> messages, GenerationParams params) {

    private static final Set<String> NAMES = Set.of("model", "messages");
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool");

    /** The id says which call a tool's message answers; templates tell that by its place. */
    private static final Set<String> MESSAGE_NAMES = Set.of("role", "content", "tool_call_id");

    /** Members of a message that may be present as long as they ask for nothing. */
    private static final Set<String> MESSAGE_NAMES_UNSUPPORTED =
            Set.of("refusal", "tool_calls", "function_call", "audio");

    static ChatRequest parse(RequestObject body) {
        UnsupportedParams.ofChat().refuseIn(body, NAMES);
        String model = body.required("model").string();
        RequestField messages = body.required("messages");
        List<RequestField> elements = messages.elements();
        if (elements.isEmpty()) {
            return messages.expected("an array of at least one message", "an empty one");
        }
        return new ChatRequest(
                model,
                elements.stream().map(message -> message(message.object())).toList(),
                GenerationParams.parse(body, Integer.MAX_VALUE));
    }

    List<TextRequest> sequences() {
        return params.sequences(List.of(new Prompt.Chat(messages)));
    }

    private static ChatMessage message(RequestObject message) {
        message.ignoreAllBut(union(MESSAGE_NAMES, MESSAGE_NAMES_UNSUPPORTED));
        RequestField role = message.required("role");
        if (!ROLES.contains(role.string())) {
            return role.expected(
                    "one of system, developer, user, assistant, tool", "'" + role.string() + "'");
        }
        MESSAGE_NAMES_UNSUPPORTED.forEach(
                name -> message.field(name).ifPresent(ChatRequest::refuseUnlessEmpty));
        return new ChatMessage(templateRole(role.string()), content(message.required("content")));
    }

    /** The name that newer clients give to the system's role is unknown to templates. */
    private static String templateRole(String role) {
        return role.equals("developer") ? "system" : role;
    }

    private static void refuseUnlessEmpty(RequestField field) {
        boolean isEmpty = field.isString() ? field.string().isEmpty() : field.elements().isEmpty();
        if (!isEmpty) {
            throw UnsupportedParams.unsupported(field);
        }
    }

    private static String content(RequestField content) {
        if (content.isString()) {
            return content.string();
        }
        if (!content.isArray()) {
            return content.expected("a string or an array of text parts");
        }
        return content.elements().stream().map(ChatRequest::part).collect(Collectors.joining());
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

    private static Set<String> union(Set<String> a, Set<String> b) {
        return Stream.concat(a.stream(), b.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
