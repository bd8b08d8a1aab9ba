package dev.nightjar.engine.text;

import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes a system's message work with every model: where a template refuses the role, or leaves its
 * messages out, what they say goes to the beginning of the first user's message.
 */
final class SystemRole {

    private static final String SYSTEM = "system";
    private static final String USER = "user";
    private static final String CONTENT = "content";
    private static final String PROBE = "Answer in whole sentences only.";

    private SystemRole() {}

    /** Whether a template shows what a system's message says. */
    static boolean isKnownTo(ChatTemplate template) {
        ChatMessage user = new ChatMessage(USER, "Hello");
        ChatMessage system = new ChatMessage(SYSTEM, PROBE);
        boolean isUsable = rendered(template, List.of(user)).isPresent();
        return !isUsable
                || rendered(template, List.of(system, user))
                        .filter(text -> text.contains(PROBE))
                        .isPresent();
    }

    private static Optional<String> rendered(ChatTemplate template, List<ChatMessage> messages) {
        try {
            return Optional.of(template.render(messages));
        } catch (ChatTemplateException refused) {
            return Optional.empty();
        }
    }

    /** The same conversation without the system's messages in front, if all of it is text. */
    static ChatPrompt fold(ChatPrompt prompt) {
        List<ChatMessage> messages = prompt.messages();
        int numSystem = 0;
        while (numSystem < messages.size() && isText(messages.get(numSystem), SYSTEM)) {
            numSystem++;
        }
        if (numSystem == 0) {
            return prompt;
        }
        String said =
                messages.subList(0, numSystem).stream()
                        .map(ChatMessage::text)
                        .collect(Collectors.joining("\n\n"));
        List<ChatMessage> rest = new ArrayList<>(messages.subList(numSystem, messages.size()));
        if (!rest.isEmpty() && isText(rest.getFirst(), USER)) {
            ChatMessage first = rest.getFirst();
            rest.set(0, first.with(CONTENT, said + "\n\n" + first.text()));
        } else {
            rest.addFirst(new ChatMessage(USER, said));
        }
        return prompt.withMessages(rest);
    }

    private static boolean isText(ChatMessage message, String role) {
        return message.role().equals(role) && message.members().get(CONTENT) instanceof String;
    }
}
