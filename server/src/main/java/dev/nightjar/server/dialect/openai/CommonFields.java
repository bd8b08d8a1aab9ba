package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.generation.SamplingDefaults;
import dev.nightjar.server.generation.SamplingFields;
import dev.nightjar.server.generation.Sequences;
import dev.nightjar.server.generation.StopField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The members that chat completions and completions have in common. */
final class CommonFields {

    private static final int MAX_CHOICES = 64;

    static final Field<String> MODEL = Field.string("model", "Which model answers.");
    static final Field<Integer> MAX_COMPLETION_TOKENS =
            Field.integer(
                    "max_completion_tokens",
                    1,
                    Integer.MAX_VALUE,
                    "Most generated tokens; what the context leaves when it leaves less.");
    static final Field<Integer> MAX_TOKENS =
            MAX_COMPLETION_TOKENS.named("max_tokens").meaning("As max_completion_tokens.");
    static final Field<Integer> N =
            Field.integer("n", 1, MAX_CHOICES, "Choices to generate; they share one prefill.");
    static final Field<Boolean> STREAM = Field.bool("stream", "Answers with server-sent events.");
    static final Field<Boolean> STREAM_OPTIONS =
            Field.of(
                    "stream_options",
                    FieldSchema.of(
                            "{\"type\":\"object\",\"properties\":{\"include_usage\":"
                                    + "{\"type\":\"boolean\"}}}"),
                    "With include_usage the stream ends with token counts.",
                    CommonFields::includesUsage);

    /** Members that change no answer of this server. */
    private static final List<Field<?>> WITHOUT_EFFECT =
            Stream.of(
                            "user",
                            "metadata",
                            "store",
                            "service_tier",
                            "safety_identifier",
                            "prompt_cache_key",
                            "prompt_cache_retention")
                    .<Field<?>>map(Field::withoutEffect)
                    .toList();

    static final SamplingFields SAMPLING = new SamplingFields(SamplingDefaults.OPENAI);

    private CommonFields() {}

    /** All members that both have. */
    static List<Field<?>> all() {
        List<Field<?>> all = new ArrayList<>();
        all.addAll(List.of(MODEL, MAX_COMPLETION_TOKENS, MAX_TOKENS));
        all.addAll(SAMPLING.all());
        all.addAll(List.of(StopField.STOP, N, STREAM, STREAM_OPTIONS));
        all.addAll(WITHOUT_EFFECT);
        return all;
    }

    /** Reads them. */
    static Sequences read(RequestObject body, OptionalInt defaultMaxTokens) {
        Optional<Integer> maxTokens =
                body.get(MAX_COMPLETION_TOKENS).or(() -> body.get(MAX_TOKENS));
        return new Sequences(
                SAMPLING.read(body),
                maxTokens.map(OptionalInt::of).orElse(defaultMaxTokens),
                TextOutput.plain().withStop(body.get(StopField.STOP).orElse(List.of())),
                body.get(N).orElse(1),
                body.get(STREAM).orElse(false));
    }

    /** Whether a stream ends with token counts. */
    static boolean includesUsage(RequestObject body) {
        boolean isStreamed = body.get(STREAM).orElse(false);
        body.field("stream_options")
                .filter(options -> !isStreamed)
                .ifPresent(
                        options -> {
                            throw options.refused(
                                    "stream_options is only allowed with \"stream\": true");
                        });
        return body.get(STREAM_OPTIONS).orElse(false);
    }

    private static boolean includesUsage(RequestField field) {
        RequestObject options = field.object();
        options.ignoreAllBut(Set.of("include_usage", "include_obfuscation"));
        options.field("include_obfuscation")
                .filter(RequestField::bool)
                .ifPresent(
                        asked -> {
                            throw NotServed.refusal(asked);
                        });
        return options.field("include_usage").map(RequestField::bool).orElse(false);
    }
}
