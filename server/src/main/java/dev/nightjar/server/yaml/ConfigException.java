package dev.nightjar.server.yaml;

/** A configuration file cannot be used; the message says where, and what was expected. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With one line per fault. */
    public ConfigException(String message) {
        super(message);
    }
}
