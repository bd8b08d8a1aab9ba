package dev.nightjar.engine.format;

/** A model file that breaks its format, with the place where it does. */
public final class MalformedFileException extends ModelFormatException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final long offset;

    /**
     * An exception about one field of one file.
     *
     * @param file name of the file
     * @param field what was being read, for instance {@code header length}
     * @param offset byte of the file at which the field begins
     * @param problem what was expected and what was found
     */
    public MalformedFileException(String file, String field, long offset, String problem) {
        super("%s: %s at byte %d: %s".formatted(file, field, offset, problem));
        this.field = field;
        this.offset = offset;
    }

    /** What was being read. */
    public String field() {
        return field;
    }

    /** Byte of the file at which the field begins. */
    public long offset() {
        return offset;
    }
}
