package dev.nightjar.server.terminal;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What a failure says in one line. */
public final class ErrorLine {

    private ErrorLine() {}

    /** The message of a failure, with that of its cause where it adds something. */
    public static String of(Throwable failure) {
        String text = message(failure);
        Throwable cause = failure.getCause();
        String reason = cause == null ? "" : message(cause);
        boolean addsNothing = reason.isEmpty() || text.contains(reason);
        return (addsNothing ? text : text + ": " + reason).lines().findFirst().orElse(text);
    }

    private static String message(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "no such file: " + missing.getMessage();
            case AccessDeniedException denied -> "access denied: " + denied.getMessage();
            default ->
                    failure.getMessage() == null
                            ? failure.getClass().getSimpleName()
                            : failure.getMessage();
        };
    }
}
