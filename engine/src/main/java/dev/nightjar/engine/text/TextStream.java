package dev.nightjar.engine.text;

import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.tokenizer.IncrementalDecoder;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A running generation, read by one thread: token events become text, held back where a character
 * or a stop string may be incomplete. Closing it before the end aborts the sequence within one step
 * of the engine.
 *
 * <pre>{@code
 * try (TextStream stream = engine.stream("Once upon a time")) {
 *     Completion whole = stream.awaitText(System.out::print);
 * }
 * }</pre>
 */
public final class TextStream implements AutoCloseable {

    private final TokenStream tokens;
    private final IncrementalDecoder decoder;
    private final int vocabularySize;
    private final AnswerText answer;
    private final Queue<TextEvent> ready = new ArrayDeque<>(2);
    private int numTokens;
    private int numTokensAtStop;
    private boolean isEnded;

    /**
     * A generation that was submitted.
     *
     * @param vocabularySize ids from here on stand for no text
     */
    TextStream(
            TokenStream tokens, IncrementalDecoder decoder, int vocabularySize, AnswerText answer) {
        this.tokens = tokens;
        this.decoder = decoder;
        this.vocabularySize = vocabularySize;
        this.answer = answer;
    }

    /** Ids in the prompt. */
    public int promptTokens() {
        return tokens.promptTokens();
    }

    /**
     * The next event, waiting for it.
     *
     * @throws IllegalStateException after {@link TextEvent.Finished} was delivered
     */
    public TextEvent next() throws InterruptedException {
        if (isEnded) {
            throw new IllegalStateException("the generation has ended; no event follows");
        }
        while (ready.isEmpty()) {
            switch (tokens.next()) {
                case TokenEvent.Token token -> accept(token);
                case TokenEvent.Finished finished -> finish(finished);
            }
        }
        TextEvent event = ready.remove();
        isEnded = event instanceof TextEvent.Finished;
        return event;
    }

    /**
     * Reads to the end and returns the whole text.
     *
     * @throws GenerationException if the engine failed
     */
    public Completion await() throws InterruptedException {
        return await(event -> {});
    }

    /**
     * Reads to the end, hands over the pieces of the text as they come, and returns the whole.
     *
     * @throws GenerationException if the engine failed
     */
    public Completion awaitText(Consumer<String> reader) throws InterruptedException {
        return await(
                event -> {
                    if (event instanceof TextEvent.Delta delta && !delta.text().isEmpty()) {
                        reader.accept(delta.text());
                    }
                });
    }

    /**
     * Reads to the end, hands over every event as it comes, and returns the whole.
     *
     * @throws GenerationException if the engine failed, instead of its last event
     */
    public Completion await(Consumer<TextEvent> reader) throws InterruptedException {
        CompletionBuilder whole = new CompletionBuilder();
        while (!whole.isFinished()) {
            TextEvent event = next();
            if (event instanceof TextEvent.Finished finished
                    && finished.reason() == FinishReason.ERROR) {
                throw new GenerationException(finished.error().orElse("unknown failure"));
            }
            reader.accept(event);
            whole.accept(event);
        }
        return whole.build();
    }

    /** Ends the generation early; what was generated so far and the last event still arrive. */
    public void abort() {
        tokens.abort();
    }

    @Override
    public void close() {
        tokens.close();
    }

    private void accept(TokenEvent.Token token) {
        if (answer.isEnded()) {
            return; // tokens generated before the abort took effect
        }
        numTokens++;
        ready.addAll(answer.accept(token, textOf(token.id())));
        if (answer.isEnded()) {
            numTokensAtStop = numTokens;
            tokens.abort();
        }
    }

    /** Rows that pad an embedding beyond its vocabulary stand for no text. */
    private String textOf(int id) {
        return id < vocabularySize ? decoder.accept(id) : "";
    }

    private void finish(TokenEvent.Finished finished) {
        boolean isComplete = finished.reason() == FinishReason.STOP;
        ready.addAll(answer.finish(decoder.flush(), isComplete ? Ending.COMPLETE : Ending.CUT));
        ready.addAll(answer.lastTokens());
        boolean isStopped = answer.isEnded() && finished.reason() != FinishReason.ERROR;
        ready.add(
                new TextEvent.Finished(
                        isStopped ? FinishReason.STOP : finished.reason(),
                        answer.stop(),
                        usage(finished.usage()),
                        finished.error()));
    }

    /** Tokens that were generated after the text had ended are not the client's. */
    private Usage usage(Usage usage) {
        if (numTokensAtStop == 0) {
            return usage;
        }
        return new Usage(
                usage.promptTokens(),
                usage.cachedTokens(),
                numTokensAtStop,
                usage.queueNanos(),
                usage.prefillNanos(),
                usage.decodeNanos());
    }
}
