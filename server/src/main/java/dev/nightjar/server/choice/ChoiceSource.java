package dev.nightjar.server.choice;

/**
 * What a request asked to be generated, one text per choice, being generated or at hand. Closing it
 * ends what still runs.
 */
public interface ChoiceSource extends AutoCloseable {

    /** Tokens in the prompt of a choice. */
    int promptTokens(int choice);

    /**
     * Reads all choices to their end.
     *
     * @throws RuntimeException the first failure of the reader
     */
    void readTo(ChoiceReader reader);

    /** Ends all choices early; their readers still see the end. Any thread, never blocks. */
    void abort();

    /** Ends all choices that still run, and reads those that were not read to their end. */
    void endTo(ChoiceReader reader);

    @Override
    void close();
}
