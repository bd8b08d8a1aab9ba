package dev.nightjar.server.load;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What to ask of which server, and when.
 *
 * @param url the base of the API, such as {@code http://127.0.0.1:8080/v1}
 * @param api which of its calls
 * @param model the id in each request
 * @param apiKey sent as bearer token
 * @param arrival when requests are sent
 * @param numWarmUp requests before, one after the other, that do not count
 * @param numRequests how many count
 * @param promptTokens words of each prompt, each about a token
 * @param maxTokens tokens to generate, where text is
 * @param seed of prompts and arrivals
 * @param limit when everything ends, whatever is missing
 * @param extraMembers more members of each body, the inside of a JSON object; may be empty
 */
public record LoadPlan(
        URI url,
        Api api,
        String model,
        Optional<String> apiKey,
        Arrival arrival,
        int numWarmUp,
        int numRequests,
        int promptTokens,
        int maxTokens,
        long seed,
        Duration limit,
        String extraMembers) {

    private static final int MAX_REQUESTS = 100_000;
    private static final int MAX_TOKENS = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** What is called. */
    public enum Api {
        /** {@code /completions}, streamed. */
        COMPLETIONS("/completions"),
        /** {@code /chat/completions}, streamed. */
        CHAT("/chat/completions"),
        /** {@code /embeddings}: the vector of one text, not streamed. */
        EMBEDDINGS("/embeddings");

        private final String path;

        Api(String path) {
            this.path = path;
        }

        /** Whether answers come piece by piece. */
        public boolean isStreamed() {
            return this != EMBEDDINGS;
        }
    }

    /** When requests are sent. */
    public sealed interface Arrival {

        /**
         * Open loop: at random times of a Poisson process, however slow the answers are. Times
         * count from when a request was due, so that a stalled server does not hide its stall.
         *
         * @param perSecond requests per second on average
         */
        record Rate(double perSecond) implements Arrival {}

        /**
         * Closed loop: so many at any time, the next one when one ends.
         *
         * @param number of requests under way
         */
        record Concurrency(int number) implements Arrival {}
    }

    /** Checks that it is bounded. */
    public LoadPlan {
        if (numWarmUp < 0 || numWarmUp > MAX_REQUESTS) {
            throw new IllegalArgumentException(
                    "warm-up: expected 0 to %d, found %d".formatted(MAX_REQUESTS, numWarmUp));
        }
        check("requests", numRequests, MAX_REQUESTS);
        check("prompt-tokens", promptTokens, MAX_TOKENS);
        check("max-tokens", maxTokens, MAX_TOKENS);
        switch (arrival) {
            case Arrival.Rate rate when !(rate.perSecond > 0 && rate.perSecond <= MAX_REQUESTS) ->
                    throw new IllegalArgumentException(
                            "rate: expected above 0 and at most %d, found %s"
                                    .formatted(MAX_REQUESTS, rate.perSecond));
            case Arrival.Concurrency concurrency ->
                    check("concurrency", concurrency.number, MAX_REQUESTS);
            default -> {
                // a rate within bounds
            }
        }
        if (!limit.isPositive() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "max-seconds: expected above 0 and at most %d, found %d"
                            .formatted(LONGEST.toSeconds(), limit.toSeconds()));
        }
    }

    private static void check(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    "%s: expected 1 to %d, found %d".formatted(name, max, value));
        }
    }

    /** Where requests go. */
    URI endpoint() {
        String base = url.toString().replaceFirst("/+$", "");
        return URI.create(base + api.path);
    }
}
