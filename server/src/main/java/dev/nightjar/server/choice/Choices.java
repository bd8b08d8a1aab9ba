package dev.nightjar.server.choice;

import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The sequences that one request asks for, generated side by side. Closing it, or a reader that
 * fails, ends all of them within one step of the engine.
 */
public final class Choices implements ChoiceSource {

    private final List<TextStream> streams;

    /** Which streams were read to their end; each is written by the thread that reads it. */
    private final boolean[] isRead;

    /** Whether threads that read were left behind; nobody else may read then. */
    private boolean isLeft;

    private Choices(List<TextStream> streams) {
        this.streams = List.copyOf(streams);
        this.isRead = new boolean[streams.size()];
    }

    /** Submits all sequences, or none if one is refused, with the engine's exception. */
    public static Choices start(TextModel model, List<TextRequest> requests) {
        List<TextStream> started = new ArrayList<>(requests.size());
        try {
            for (TextRequest request : requests) {
                started.add(model.start(request));
            }
        } catch (RuntimeException refused) {
            started.forEach(TextStream::close);
            throw refused;
        }
        return new Choices(started);
    }

    @Override
    public int promptTokens(int choice) {
        return streams.get(choice).promptTokens();
    }

    /**
     * Reads all choices to their end. The reader is called by this thread if there is one choice,
     * else by one virtual thread per choice, so that none waits for another.
     *
     * @throws RuntimeException the first failure of the reader
     */
    @Override
    public void readTo(ChoiceReader reader) {
        if (streams.size() == 1) {
            read(0, reader);
            return;
        }
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>(streams.size());
        for (int i = 0; i < streams.size(); i++) {
            int choice = i;
            threads.add(Thread.ofVirtual().start(() -> readOrFail(choice, reader, failure)));
        }
        join(threads);
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    @Override
    public void abort() {
        streams.forEach(TextStream::abort);
    }

    @Override
    public void endTo(ChoiceReader reader) {
        for (int i = 0; i < isRead.length; i++) {
            if (!isRead[i] && !isLeft) {
                streams.get(i).abort();
                read(i, reader);
            }
        }
    }

    @Override
    public void close() {
        streams.forEach(TextStream::close);
    }

    private void readOrFail(
            int choice, ChoiceReader reader, AtomicReference<RuntimeException> failure) {
        try {
            read(choice, reader);
        } catch (RuntimeException failed) {
            failure.compareAndSet(null, failed);
            abort();
        }
    }

    private void read(int choice, ChoiceReader reader) {
        TextStream stream = streams.get(choice);
        try {
            TextEvent event;
            do {
                event = stream.next();
                isRead[choice] = event instanceof TextEvent.Finished;
                reader.accept(choice, event);
            } while (!isRead[choice]);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            threads.forEach(Thread::interrupt);
            isLeft = true;
            throw interrupted(interrupted);
        }
    }

    /**
     * The web server interrupts what it cannot wait for any longer. The thread's mark stays
     * cleared, as a write to the client would find it and close the connection instead.
     */
    private ApiException interrupted(InterruptedException cause) {
        abort();
        ApiException ended =
                ApiError.serverError(503, "the server is shutting down")
                        .withCode("shutting_down")
                        .asException();
        ended.initCause(cause);
        return ended;
    }
}
