package dev.nightjar.tokenizer.jinja.value;

/** Python's {@code None}. */
public enum Nothing implements Value {
    /** The only one. */
    NONE;

    @Override
    public String typeName() {
        return "NoneType";
    }

    @Override
    public boolean isTrue() {
        return false;
    }
}
