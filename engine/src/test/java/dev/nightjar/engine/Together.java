package dev.nightjar.engine;

import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.text.TextModel;
import java.util.ArrayList;
import java.util.List;

/** Requests that meet in one step, and what became of them. */
final class Together {

    /**
     * A sequence's events.
     *
     * @param tokens all but the last
     * @param end the last
     */
    record Outcome(List<TokenEvent.Token> tokens, TokenEvent.Finished end) {

        List<Integer> ids() {
            return tokens.stream().map(TokenEvent.Token::id).toList();
        }
    }

    private Together() {}

    /** Submits while the engine thread is held up, so that all of them meet in its next step. */
    static List<Outcome> run(TextModel model, List<GenerationRequest> requests)
            throws InterruptedException {
        List<TokenStream> streams = new ArrayList<>();
        model.logits(
                new int[] {1},
                (position, logits) ->
                        requests.forEach(request -> streams.add(model.submit(request))));
        List<Outcome> outcomes = new ArrayList<>();
        for (TokenStream stream : streams) {
            outcomes.add(read(stream));
        }
        return outcomes;
    }

    /** Runs one request by itself. */
    static Outcome alone(TextModel model, GenerationRequest request) throws InterruptedException {
        return read(model.submit(request));
    }

    private static Outcome read(TokenStream stream) throws InterruptedException {
        List<TokenEvent.Token> tokens = new ArrayList<>();
        while (true) {
            switch (stream.next()) {
                case TokenEvent.Token token -> tokens.add(token);
                case TokenEvent.Finished end -> {
                    return new Outcome(tokens, end);
                }
            }
        }
    }
}
