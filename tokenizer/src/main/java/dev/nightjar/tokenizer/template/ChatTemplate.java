package dev.nightjar.tokenizer.template;

import java.util.List;

/** Renders a conversation as the prompt text that a checkpoint was trained on. Immutable. */
public interface ChatTemplate {
    /**
     * The prompt text of these messages, ending where the assistant is to continue.
     *
     * <p>The text is encoded with control tokens recognised. The spelling of a control token inside
     * the content of a message therefore becomes that control token: a caller who does not trust
     * the content must refuse such spellings.
     *
     * @throws ChatTemplateException if there is no message, or a role is not one of the template's
     */
    String render(List<ChatMessage> messages);
}
