package dev.nightjar.tokenizer;

import java.util.List;

/** The role of a vocabulary entry, in the order of the codes that GGUF files store. */
public enum TokenType {
    /** Ordinary text. */
    NORMAL,
    /** Stands for text that the vocabulary cannot express; decodes to nothing. */
    UNKNOWN,
    /** Steers the model (begin, end, roles); decodes to nothing. */
    CONTROL,
    /** Text that is matched as a whole before any merge. */
    USER_DEFINED,
    /** A hole in the vocabulary; decodes to nothing. */
    UNUSED,
    /** One raw byte, written {@code <0xNN>}. */
    BYTE;

    private static final List<TokenType> ALL = List.of(values());

    /** The number that stands for this type in a GGUF file, 1 to 6. */
    public int code() {
        return ordinal() + 1;
    }

    /**
     * The type of a GGUF code.
     *
     * @throws TokenizerException if the code is not 1 to 6
     */
    public static TokenType ofCode(int code) {
        if (code < 1 || code > ALL.size()) {
            throw new TokenizerException(
                    "token type: expected a code from 1 to %d, found %d"
                            .formatted(ALL.size(), code));
        }
        return ALL.get(code - 1);
    }
}
