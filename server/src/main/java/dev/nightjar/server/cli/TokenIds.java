package dev.nightjar.server.cli;

/** Reads token ids that people write. */
final class TokenIds {

    private TokenIds() {}

    /** The id, if it is one of a vocabulary of this size. */
    static int parse(String word, int vocabSize) {
        try {
            int id = Integer.parseInt(word);
            if (id >= 0 && id < vocabSize) {
                return id;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, like a number out of range.
        }
        throw new IllegalArgumentException(
                "expected token ids from 0 to %d, found '%s'".formatted(vocabSize - 1, word));
    }
}
