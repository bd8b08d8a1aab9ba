package dev.nightjar.tokenizer.template;

/** Messages that a template cannot render; the message says why, and where in the template. */
public class ChatTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the person who sent the conversation. */
    public ChatTemplateException(String message) {
        super(message);
    }

    ChatTemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
