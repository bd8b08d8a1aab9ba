package dev.nightjar.engine.text;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.tokenizer.IncrementalDecoder;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * A running generation, read by one thread: token events become text, held back where a character
 * or a stop string may be incomplete. Closing it before the end aborts the sequence within one step
 * of the engine.
 */
public final class TextStream implements AutoCloseable {

    private final TokenStream tokens;
    private final IncrementalDecoder decoder;
    private final int vocabularySize;
    private final StopMatcher stops;
    private final Optional<TokenTrace> trace;
    private final Queue<TextEvent> ready = new ArrayDeque<>(2);
    private int numTokens;
    private int numTokensAtStop;
    private boolean isEnded;

    TextStream(
            TokenStream tokens,
            Tokenizer tokenizer,
            StopMatcher stops,
            Optional<TokenTrace> trace) {
        this.tokens = tokens;
        this.decoder = tokenizer.decoder();
        this.vocabularySize = tokenizer.vocabulary().size();
        this.stops = stops;
        this.trace = trace;
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

    /** Reads to the end and returns the whole text. */
    public Completion await() throws InterruptedException {
        CompletionBuilder whole = new CompletionBuilder();
        while (!whole.isFinished()) {
            TextEvent event = next();
            if (event instanceof TextEvent.Finished finished
                    && finished.reason() == FinishReason.ERROR) {
                throw new GenerationException(finished.error().orElse("unknown failure"));
            }
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
        if (stops.matched().isPresent()) {
            return; // tokens generated before the abort took effect
        }
        numTokens++;
        String piece = textOf(token.id());
        trace.ifPresent(kept -> kept.accept(token, piece));
        emit(stops.accept(piece));
        if (stops.matched().isPresent()) {
            numTokensAtStop = numTokens;
            tokens.abort();
        }
    }

    /** Rows that pad an embedding beyond its vocabulary stand for no text. */
    private String textOf(int id) {
        return id < vocabularySize ? decoder.accept(id) : "";
    }

    private void finish(TokenEvent.Finished finished) {
        if (stops.matched().isEmpty()) {
            String rest = decoder.flush();
            trace.ifPresent(kept -> kept.decode(rest));
            emit(stops.accept(rest));
            emit(stops.flush());
        }
        trace.ifPresent(this::emitLast);
        Optional<String> stop = stops.matched();
        boolean isStopped = stop.isPresent() && finished.reason() != FinishReason.ERROR;
        ready.add(
                new TextEvent.Finished(
                        isStopped ? FinishReason.STOP : finished.reason(),
                        stop,
                        usage(finished.usage()),
                        finished.error()));
    }

    /** Tokens that were generated after a stop string are not the client's. */
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

    private void emit(String text) {
        if (!text.isEmpty()) {
            ready.add(
                    new TextEvent.Delta(
                            text, trace.map(kept -> kept.release(text)).orElse(List.of())));
        }
    }

    /** Tokens that stand for no text, or for the part of their text that was released. */
    private void emitLast(TokenTrace kept) {
        List<TokenText> tokens = kept.finish(stops.matched().isPresent());
        if (!tokens.isEmpty()) {
            ready.add(new TextEvent.Delta("", tokens));
        }
    }
}
