package dev.nightjar.tokenizer.jinja.value;

import java.util.Optional;

/** A template that cannot be compiled or rendered; the message ends with line and column. */
public final class JinjaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The source is no template. */
        SYNTAX,
        /** The source uses something that is not implemented. */
        UNSUPPORTED,
        /** A value that does not exist was needed. */
        UNDEFINED,
        /** An operation does not fit its operands. */
        TYPE,
        /** The template asked for what a sandbox does not allow. */
        SECURITY,
        /** The template took more steps, depth or memory than it may. */
        LIMIT,
        /** The template itself refused by {@code raise_exception}. */
        RAISED
    }

    private final Kind kind;
    private final String reason;
    private final transient Optional<Position> position;

    private JinjaException(Kind kind, String reason, Optional<Position> position) {
        super(
                reason
                        + position.map(
                                        at ->
                                                " (line %d, column %d)"
                                                        .formatted(at.line(), at.column()))
                                .orElse(""));
        this.kind = kind;
        this.reason = reason;
        this.position = position;
    }

    /** An exception that does not know yet where it happened. */
    public static JinjaException of(Kind kind, String reason) {
        return new JinjaException(kind, reason, Optional.empty());
    }

    /** An operation that does not fit its operands. */
    public static JinjaException type(String reason) {
        return of(Kind.TYPE, reason);
    }

    /** More than a limit allows. */
    public static JinjaException limit(String reason) {
        return of(Kind.LIMIT, reason);
    }

    /** The same with its place, unless it has one already: the innermost place counts. */
    public JinjaException at(Position place) {
        if (position.isPresent()) {
            return this;
        }
        JinjaException placed = new JinjaException(kind, reason, Optional.of(place));
        placed.setStackTrace(getStackTrace());
        return placed;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The message without the place. */
    public String reason() {
        return reason;
    }

    /** Where it happened, if that is known. */
    public Optional<Position> position() {
        return position;
    }
}
