package dev.nightjar.tokenizer.template;

/** A template that is not understood; the message names what was found and what to do instead. */
public class UnsupportedTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the person who supplied the checkpoint. */
    public UnsupportedTemplateException(String message) {
        super(message);
    }
}
