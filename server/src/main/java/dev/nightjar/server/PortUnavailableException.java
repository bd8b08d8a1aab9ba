package dev.nightjar.server;

/** The address cannot be listened on. */
public final class PortUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortUnavailableException(String host, int port, String reason) {
        super(
                "cannot listen on %s port %d: %s; choose another port with --port (0 takes a free one)"
                        .formatted(host, port, reason));
    }
}
