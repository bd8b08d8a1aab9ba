package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.Progress;
import dev.nightjar.server.terminal.Terminals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Many texts, computed in pieces: large enough to fill the engine's steps, small enough to say how
 * far it is and to write results before the end.
 *
 * @param form what a text is to the model, which refuses one that is too long
 */
record EncodeJob(EncoderModel model, List<String> texts, Function<String, EncoderInput> form) {

    /** Some steps of the engine, at about four characters a token. */
    private static final int PIECE_CHARS = 1 << 15;

    /** Computes a piece. */
    @FunctionalInterface
    interface Step {
        /**
         * Computes and keeps or writes the results.
         *
         * @param first index of the piece's first text among all
         * @return how many tokens it had
         */
        long compute(List<String> piece, int first) throws InterruptedException, IOException;
    }

    /**
     * Computes all pieces, one after the other.
     *
     * @throws IllegalStateException if a text is too long, which the message tells
     */
    Cost run(Console console, Step step) throws InterruptedException, IOException {
        Optional<Progress> progress =
                Terminals.isErrTerminal()
                        ? Optional.of(new Progress(console.err(), "text", texts.size()))
                        : Optional.empty();
        long begin = System.nanoTime();
        long tokens = 0;
        int done = 0;
        while (done < texts.size()) {
            List<String> piece = texts.subList(done, pieceEnd(done));
            tokens += compute(step, piece, done);
            done += piece.size();
            int reached = done;
            // The last line would tell no more than the summary.
            progress.filter(line -> reached < texts.size())
                    .ifPresent(line -> line.reached(reached));
        }
        return new Cost(done, tokens, System.nanoTime() - begin);
    }

    private int pieceEnd(int begin) {
        int end = begin;
        long chars = 0;
        while (end < texts.size() && chars < PIECE_CHARS) {
            chars += texts.get(end++).length();
        }
        return end;
    }

    private long compute(Step step, List<String> piece, int first)
            throws InterruptedException, IOException {
        try {
            return step.compute(piece, first);
        } catch (ContextLengthException tooLong) {
            throw new IllegalStateException(
                    "text %d has %d tokens, but model %s takes at most %d; shorten it, or cut it with --truncate"
                            .formatted(
                                    first + indexOfTooLong(piece) + 1,
                                    tooLong.promptTokens(),
                                    model.name(),
                                    tooLong.maxTokens()));
        }
    }

    /** Only after a failure: the engine does not say which one it was. */
    private int indexOfTooLong(List<String> piece) {
        for (int i = 0; i < piece.size(); i++) {
            try {
                form.apply(piece.get(i));
            } catch (ContextLengthException found) {
                return i;
            }
        }
        return 0;
    }
}
