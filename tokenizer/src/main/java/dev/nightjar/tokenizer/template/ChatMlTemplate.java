package dev.nightjar.tokenizer.template;

import java.util.List;

/**
 * ChatML: {@code <|im_start|>role\ncontent<|im_end|>\n} for each message, then {@code
 * <|im_start|>assistant\n}.
 *
 * @param opening what stands before a conversation that does not begin with a system message: a
 *     default system message, or nothing
 * @param toolAnswers how messages of the role {@code tool} are written
 */
record ChatMlTemplate(List<ChatMessage> opening, ToolAnswers toolAnswers) implements ChatTemplate {
    private static final String SYSTEM = "system";
    private static final String TOOL = "tool";
    private static final List<String> ROLES =
            List.of(SYSTEM, "user", "assistant", TOOL, "developer");

    /** How a template writes the answers of tools. */
    enum ToolAnswers {
        /** As messages of a role of their own. */
        OWN_ROLE,
        /** As Hermes does: those in a row as one message of the user, each in a tag. */
        TAGGED_USER
    }

    ChatMlTemplate {
        opening = List.copyOf(opening);
    }

    @Override
    public String render(List<ChatMessage> messages) {
        if (messages.isEmpty()) {
            throw new ChatTemplateException("expected at least one message, found none");
        }
        messages.forEach(ChatMlTemplate::requireKnownRole);
        StringBuilder prompt = new StringBuilder();
        if (!messages.getFirst().role().equals(SYSTEM)) {
            opening.forEach(message -> append(message, prompt));
        }
        for (int i = 0; i < messages.size(); i++) {
            if (isTagged(messages, i)) {
                appendTagged(messages, i, prompt);
            } else {
                append(messages.get(i), prompt);
            }
        }
        return prompt.append("<|im_start|>assistant\n").toString();
    }

    private static void append(ChatMessage message, StringBuilder prompt) {
        prompt.append("<|im_start|>")
                .append(message.role())
                .append('\n')
                .append(message.content())
                .append("<|im_end|>\n");
    }

    private void appendTagged(List<ChatMessage> messages, int i, StringBuilder prompt) {
        prompt.append(isTagged(messages, i - 1) ? "" : "<|im_start|>user")
                .append("\n<tool_response>\n")
                .append(messages.get(i).content())
                .append("\n</tool_response>")
                .append(isTagged(messages, i + 1) ? "" : "<|im_end|>\n");
    }

    private boolean isTagged(List<ChatMessage> messages, int i) {
        return toolAnswers == ToolAnswers.TAGGED_USER
                && i >= 0
                && i < messages.size()
                && messages.get(i).role().equals(TOOL);
    }

    private static void requireKnownRole(ChatMessage message) {
        if (!ROLES.contains(message.role())) {
            throw new ChatTemplateException(
                    "role: expected one of %s, found \"%s\""
                            .formatted(String.join(", ", ROLES), message.role()));
        }
    }
}
