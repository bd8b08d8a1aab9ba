package dev.nightjar.server.outbound;

/** A connection to another machine was asked for, offline. */
public final class OfflineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OfflineException(String message) {
        super(message);
    }
}
