package dev.nightjar.server.answer;

import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.error.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes one answer of a dialect as JSON, as events of a stream or as a whole. One per request;
 * choices are written by several threads at once.
 */
public interface AnswerShape {

    /** The data of the event that ends a stream, in the dialects that send one. */
    static byte[] done() {
        return "[DONE]".getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A piece of an answer that is not taken apart.
     *
     * @throws IllegalStateException if it is no text
     */
    static TextEvent.Delta text(TextEvent piece) {
        if (piece instanceof TextEvent.Delta text) {
            return text;
        }
        throw new IllegalStateException("not asked for: " + piece);
    }

    /** The events that a choice begins with, before any text. */
    List<byte[]> opening(int choice);

    /** The events of a piece, which is anything but the end. */
    List<byte[]> piece(int choice, TextEvent piece);

    /** The last events of a choice. */
    List<byte[]> finish(int choice, ChoiceEnd end);

    /** The last events of a stream, after all choices have ended. */
    List<byte[]> closing(List<ChoiceEnd> ends, TokenCounts counts);

    /** The last event of a stream that fails. */
    byte[] failure(ApiError error);

    /** The whole answer. */
    byte[] whole(List<WholeChoice> choices, TokenCounts counts);
}
