package dev.nightjar.server.dialect.openai;

import java.util.List;
import java.util.Optional;

/** Writes the JSON of one kind of answer, in chunks or as a whole. Thread-safe. */
interface AnswerShape {

    /**
     * A choice of a whole answer.
     *
     * @param text what was generated
     * @param finishReason why it ended
     */
    record Choice(String text, String finishReason) {}

    /** What a choice's chunks begin with, before any text. */
    Optional<byte[]> opening(int choice);

    /** A piece of a choice's text. */
    byte[] delta(int choice, String text);

    /** The last chunk of a choice. */
    byte[] finish(int choice, String finishReason);

    /** The last chunk of all, where counts were asked for. */
    byte[] usage(TokenCounts counts);

    /** The whole answer. */
    byte[] whole(List<Choice> choices, TokenCounts counts);
}
