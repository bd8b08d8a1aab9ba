package dev.nightjar.server.cli;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.CompletionBuilder;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Prints a text while it is generated. Ctrl-C ends the generation, not the program at once: what
 * was generated is printed and the engine is closed as after a normal end.
 */
final class Generation {

    private static final int SECONDS_TO_END = 5;

    private Generation() {}

    /**
     * Generates to {@code out} and returns the whole text.
     *
     * @throws IllegalStateException if the engine failed
     */
    static Completion print(TextModel model, TextRequest request, PrintStream out)
            throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (TextStream stream = model.start(request)) {
            Thread onExit = new Thread(() -> abort(stream, ended), "end-generation");
            Runtime.getRuntime().addShutdownHook(onExit);
            try {
                return read(stream, out);
            } finally {
                out.flush();
                ShutdownHooks.remove(onExit);
            }
        } finally {
            ended.countDown();
        }
    }

    private static Completion read(TextStream stream, PrintStream out) throws InterruptedException {
        CompletionBuilder whole = new CompletionBuilder();
        boolean isThinking = false;
        while (!whole.isFinished()) {
            TextEvent event = stream.next();
            switch (event) {
                case TextEvent.Delta delta -> {
                    out.print(isThinking ? "\n\n" + delta.text() : delta.text());
                    isThinking = false;
                }
                case TextEvent.Reasoning thought -> {
                    out.print(thought.text());
                    isThinking = true;
                }
                case TextEvent.Finished finished -> requireSuccess(finished);
                default -> {
                    // nobody can give tools on a command line, so none is called
                }
            }
            out.flush();
            whole.accept(event);
        }
        return whole.build();
    }

    private static void requireSuccess(TextEvent.Finished finished) {
        if (finished.reason() == FinishReason.ERROR) {
            throw new IllegalStateException(finished.error().orElse("the engine failed"));
        }
    }

    private static void abort(TextStream stream, CountDownLatch ended) {
        stream.abort();
        try {
            boolean isInTime = ended.await(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
