package dev.nightjar.tokenizer.template;

import dev.nightjar.tokenizer.jinja.JinjaTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A template, and what of a conversation it does not understand.
 *
 * @param jinja the template
 * @param knowsSystem whether system messages reach its text; if not, they join the first user's
 * @param wantsParts whether it prints content in parts only
 */
record CompiledTemplate(JinjaTemplate jinja, boolean knowsSystem, boolean wantsParts) {
    private static final String SYSTEM = "system";

    /** A template that gets conversations as they are. */
    static CompiledTemplate asItIs(JinjaTemplate jinja) {
        return new CompiledTemplate(jinja, true, false);
    }

    /** The prompt in the form that the template understands. */
    ChatPrompt fit(ChatPrompt prompt) {
        List<ChatMessage> messages = prompt.messages();
        if (!knowsSystem && messages.getFirst().role().equals(SYSTEM)) {
            messages = withoutSystem(messages);
        }
        if (wantsParts) {
            messages = messages.stream().map(CompiledTemplate::inParts).toList();
        }
        return prompt.withMessages(messages);
    }

    private static List<ChatMessage> withoutSystem(List<ChatMessage> messages) {
        ChatMessage system = messages.getFirst();
        List<ChatMessage> rest = new ArrayList<>(messages.subList(1, messages.size()));
        for (int i = 0; i < rest.size(); i++) {
            ChatMessage message = rest.get(i);
            if (message.role().equals("user")) {
                rest.set(i, joined(system.text() + "\n", message));
                return rest;
            }
        }
        rest.addFirst(system.with("role", "user"));
        return rest;
    }

    private static ChatMessage joined(String system, ChatMessage user) {
        Object content = user.members().get("content");
        if (!(content instanceof List<?> parts)) {
            return user.with("content", system + user.text());
        }
        List<Object> longer = new ArrayList<>(parts);
        longer.addFirst(Map.of("type", "text", "text", system));
        return user.with("content", longer);
    }

    private static ChatMessage inParts(ChatMessage message) {
        return message.members().get("content") instanceof String text
                ? message.with("content", List.of(Map.of("type", "text", "text", text)))
                : message;
    }
}
