package dev.nightjar.tokenizer.template;

/**
 * A template that cannot be used whatever the messages: malformed, too large, unknown by name, or
 * with something that is not supported. The message says where, and what to do instead.
 */
public class UnsupportedTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the person who supplied the template. */
    public UnsupportedTemplateException(String message) {
        super(message);
    }

    UnsupportedTemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
