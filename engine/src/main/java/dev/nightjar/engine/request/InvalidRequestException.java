package dev.nightjar.engine.request;

/** A request asks for something impossible; names the parameter. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    /** Says which parameter, what was expected and what was found. */
    public InvalidRequestException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** The parameter, in this engine's spelling. */
    public String parameter() {
        return parameter;
    }
}
