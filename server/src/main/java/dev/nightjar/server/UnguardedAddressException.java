package dev.nightjar.server;

/** An address that other machines reach, while nobody would be asked who calls. */
public final class UnguardedAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnguardedAddressException(String host) {
        super(
                ("%s can be reached from other machines, and there is no access token yet, so"
                                + " anybody could do anything: make one with 'nightjar token create"
                                + " --admin --name NAME' and start again, or use --host 127.0.0.1;"
                                + " where a firewall or proxy guards the port, --insecure-no-auth"
                                + " does without")
                        .formatted(host));
    }
}
