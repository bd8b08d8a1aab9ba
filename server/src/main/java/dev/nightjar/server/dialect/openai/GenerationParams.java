package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What chat completions and completions have in common.
 *
 * @param sampling how tokens are chosen
 * @param stop strings that end the text
 * @param numChoices choices per prompt
 * @param isStreamed whether the answer is a stream of events
 * @param includesUsage whether the stream ends with token counts
 */
record GenerationParams(
        SamplingParams sampling,
        List<String> stop,
        int numChoices,
        boolean isStreamed,
        boolean includesUsage) {

    private static final int MAX_CHOICES = 8;
    private static final int MAX_STOPS = 16;

    /** The members read here. */
    static final Set<String> NAMES =
            Set.of(
                    "temperature",
                    "top_p",
                    "top_k",
                    "min_p",
                    "repetition_penalty",
                    "presence_penalty",
                    "frequency_penalty",
                    "seed",
                    "max_tokens",
                    "max_completion_tokens",
                    "stop",
                    "n",
                    "stream",
                    "stream_options");

    /** Members that change no answer of this server. */
    static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "user",
                    "metadata",
                    "store",
                    "service_tier",
                    "safety_identifier",
                    "prompt_cache_key",
                    "prompt_cache_retention");

    /**
     * Reads the members of {@link #NAMES}.
     *
     * @param defaultMaxTokens the limit of generated tokens when the client gives none
     */
    static GenerationParams parse(RequestObject body, int defaultMaxTokens) {
        boolean isStreamed = body.field("stream").map(RequestField::bool).orElse(false);
        return new GenerationParams(
                sampling(body, defaultMaxTokens),
                body.field("stop").map(GenerationParams::stops).orElse(List.of()),
                body.field("n").map(n -> n.integer(1, MAX_CHOICES)).orElse(1),
                isStreamed,
                includesUsage(body, isStreamed));
    }

    /** One sequence per choice of each prompt, the choices of a prompt side by side. */
    List<TextRequest> sequences(List<Prompt> prompts) {
        return prompts.stream()
                .flatMap(
                        prompt ->
                                IntStream.range(0, numChoices)
                                        .mapToObj(choice -> sequence(prompt, choice)))
                .toList();
    }

    private TextRequest sequence(Prompt prompt, int choice) {
        return TextRequest.of(prompt).withSampling(sampling).withStop(stop).withChoice(choice);
    }

    private static SamplingParams sampling(RequestObject body, int defaultMaxTokens) {
        SamplingParams.Builder sampling = SamplingParams.builder();
        body.field("temperature").ifPresent(t -> sampling.temperature(t.number(0, 2)));
        body.field("top_p").ifPresent(p -> sampling.topP(keepsOne(p.number(0, 1))));
        body.field("top_k").ifPresent(k -> sampling.topK(topK(k)));
        body.field("min_p").ifPresent(p -> sampling.minP(p.number(0, 1)));
        body.field("repetition_penalty")
                .ifPresent(penalty -> sampling.repetitionPenalty(penalty.number(0, 100)));
        body.field("presence_penalty")
                .ifPresent(penalty -> sampling.presencePenalty(penalty.number(-2, 2)));
        body.field("frequency_penalty")
                .ifPresent(penalty -> sampling.frequencyPenalty(penalty.number(-2, 2)));
        body.field("seed").ifPresent(seed -> sampling.seed(seed.integer()));
        return sampling.maxTokens(maxTokens(body, defaultMaxTokens)).build();
    }

    private static int maxTokens(RequestObject body, int defaultMaxTokens) {
        return body.field("max_completion_tokens")
                .or(() -> body.field("max_tokens"))
                .map(limit -> limit.integer(1, Integer.MAX_VALUE))
                .orElse(defaultMaxTokens);
    }

    /** The documented 0 means the smallest nucleus: one token. */
    private static double keepsOne(double topP) {
        return Math.max(topP, Float.MIN_NORMAL);
    }

    /** Clients of several servers write -1 for "off", where others write 0. */
    private static int topK(RequestField field) {
        return Math.max(0, field.integer(-1, Integer.MAX_VALUE));
    }

    private static List<String> stops(RequestField field) {
        if (field.isString()) {
            return List.of(nonEmpty(field));
        }
        if (!field.isArray()) {
            return field.expected("a string or an array of strings");
        }
        List<RequestField> elements = field.elements();
        if (elements.size() > MAX_STOPS) {
            return field.expected("at most %d strings".formatted(MAX_STOPS), elements.size());
        }
        return elements.stream().map(GenerationParams::nonEmpty).toList();
    }

    private static String nonEmpty(RequestField field) {
        return field.string().isEmpty()
                ? field.expected("a string that is not empty", "an empty one")
                : field.string();
    }

    private static boolean includesUsage(RequestObject body, boolean isStreamed) {
        return body.field("stream_options")
                .map(
                        options -> {
                            if (!isStreamed) {
                                throw options.refused(
                                        "stream_options is only allowed with \"stream\": true");
                            }
                            return includesUsage(options.object());
                        })
                .orElse(false);
    }

    private static boolean includesUsage(RequestObject options) {
        options.ignoreAllBut(Set.of("include_usage", "include_obfuscation"));
        options.field("include_obfuscation")
                .filter(RequestField::bool)
                .ifPresent(
                        field -> {
                            throw UnsupportedParams.unsupported(field);
                        });
        return options.field("include_usage").map(RequestField::bool).orElse(false);
    }
}
