package dev.nightjar.tokenizer.template;

import java.util.List;

/**
 * ChatML: {@code <|im_start|>role\ncontent<|im_end|>\n} for each message, then {@code
 * <|im_start|>assistant\n}.
 *
 * @param opening what stands before a conversation that does not begin with a system message: a
 *     default system message, or nothing
 */
record ChatMlTemplate(List<ChatMessage> opening) implements ChatTemplate {
    private static final String SYSTEM = "system";
    private static final List<String> ROLES =
            List.of(SYSTEM, "user", "assistant", "tool", "developer");

    ChatMlTemplate {
        opening = List.copyOf(opening);
    }

    static ChatMlTemplate withoutDefaultSystem() {
        return new ChatMlTemplate(List.of());
    }

    static ChatMlTemplate withDefaultSystem(String content) {
        return new ChatMlTemplate(List.of(new ChatMessage(SYSTEM, content)));
    }

    @Override
    public String render(List<ChatMessage> messages) {
        if (messages.isEmpty()) {
            throw new ChatTemplateException("expected at least one message, found none");
        }
        StringBuilder prompt = new StringBuilder();
        if (!messages.getFirst().role().equals(SYSTEM)) {
            opening.forEach(message -> append(message, prompt));
        }
        messages.forEach(message -> append(message, prompt));
        return prompt.append("<|im_start|>assistant\n").toString();
    }

    private static void append(ChatMessage message, StringBuilder prompt) {
        if (!ROLES.contains(message.role())) {
            throw new ChatTemplateException(
                    "role: expected one of %s, found \"%s\""
                            .formatted(String.join(", ", ROLES), message.role()));
        }
        prompt.append("<|im_start|>")
                .append(message.role())
                .append('\n')
                .append(message.content())
                .append("<|im_end|>\n");
    }
}
