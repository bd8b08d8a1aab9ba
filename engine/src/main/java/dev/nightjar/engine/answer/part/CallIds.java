package dev.nightjar.engine.answer.part;

import java.security.SecureRandom;
import java.util.function.Supplier;

/** Makes names for calls of which the model gives none. */
public enum CallIds implements Supplier<String> {
    /** {@code call_} and 24 letters and digits. */
    LONG("call_", 24),
    /** 9 letters and digits, the only ones that Mistral's templates take back. */
    NINE("", 9);

    private static final String LETTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String prefix;
    private final int length;

    CallIds(String prefix, int length) {
        this.prefix = prefix;
        this.length = length;
    }

    /** A new id. */
    @Override
    public String get() {
        StringBuilder id = new StringBuilder(prefix);
        RANDOM.ints(length, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
        return id.toString();
    }
}
