package dev.nightjar.server.tls;

/** A certificate or key cannot be used; the message says which file, and what was expected. */
public final class TlsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
