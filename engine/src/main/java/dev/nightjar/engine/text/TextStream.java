package dev.nightjar.engine.text;

import dev.nightjar.engine.answer.Ending;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.tokenizer.IncrementalDecoder;
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
    private final AnswerText answer;
    private final Optional<TokenTrace> trace;
    private final Queue<TextEvent> ready = new ArrayDeque<>(2);
    private int numTokens;
    private int numTokensAtStop;
    private boolean isEnded;

    /**
     * A generation that was submitted.
     *
     * @param vocabularySize ids from here on stand for no text
     * @param trace keeps the tokens, if they are to be reported
     */
    TextStream(
            TokenStream tokens,
            IncrementalDecoder decoder,
            int vocabularySize,
            AnswerText answer,
            Optional<TokenTrace> trace) {
        this.tokens = tokens;
        this.decoder = decoder;
        this.vocabularySize = vocabularySize;
        this.answer = answer;
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
        if (answer.isEnded()) {
            return; // tokens generated before the abort took effect
        }
        numTokens++;
        String piece = textOf(token.id());
        trace.ifPresent(kept -> kept.accept(token, piece));
        add(answer.accept(piece));
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
        if (!answer.isEnded()) {
            String rest = decoder.flush();
            trace.ifPresent(kept -> kept.decode(rest));
            boolean isComplete = finished.reason() == FinishReason.STOP;
            add(answer.finish(rest, isComplete ? Ending.COMPLETE : Ending.CUT));
        }
        trace.ifPresent(this::addLast);
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

    private void add(List<TextEvent> events) {
        events.forEach(
                event ->
                        ready.add(
                                trace.isPresent() && event instanceof TextEvent.Delta delta
                                        ? withTokens(delta, trace.get())
                                        : event));
    }

    /** Where text is taken apart, all tokens until then go with the next text. */
    private TextEvent withTokens(TextEvent.Delta delta, TokenTrace kept) {
        return new TextEvent.Delta(
                delta.text(),
                answer.isTakenApart() ? kept.releaseAll() : kept.release(delta.text()));
    }

    /** Tokens that stand for no text, or for the part of their text that was released. */
    private void addLast(TokenTrace kept) {
        boolean isCut = answer.stop().isPresent() && !answer.isTakenApart();
        List<TokenText> last = kept.finish(isCut);
        if (!last.isEmpty()) {
            ready.add(new TextEvent.Delta("", last));
        }
    }
}
